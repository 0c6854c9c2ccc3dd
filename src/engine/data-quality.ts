import { IcpError } from '../errors.ts';
import {
  type DataBounds,
  type DataQuality,
  type DataStanding,
  judgeData,
  usualDataBounds,
} from '../icp/data-quality.ts';
import { knownFields } from '../icp/features/known-fields.ts';
import {
  fieldsNotLearnt,
  type LayerFinding,
  layerFindings,
  learntLayers,
  signalKindsOf,
} from '../icp/layer-findings.ts';
import { type Instant, type Layer, layers } from '../icp/types.ts';
import { type Book, declaredFields } from '../store/books.ts';
import { observedSpans } from '../store/data-ages.ts';
import { accountsKnown, accountsWithSignals, countAccounts } from '../store/known-accounts.ts';
import { modelOfVersion, type StoredModel } from '../store/models.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

export const qualityPrefix = 'quality.';

/** What is judged: a book up to an import, as of an instant. */
interface Seen {
  book: Book;
  importId: number;
  asOf: Instant;
}

/**
 * Reads the setting; what it leaves out is as usual. `null` for what is none.
 *
 * @example dataBoundsIn({ wonToLost: [0.2, 5] })?.historyDays; // => 180
 * @example dataBoundsIn({ wonToLost: [5, 0.2] }); // => null
 */
export function dataBoundsIn(value: unknown): DataBounds | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { wonToLost, historyDays }: { wonToLost: unknown; historyDays: unknown } = { ...usualDataBounds, ...value };
  if (!Array.isArray(wonToLost) || wonToLost.length !== 2) return null;
  const [fewest, most]: unknown[] = wonToLost;
  if (!isNumber(fewest) || !isNumber(most) || !isNumber(historyDays)) return null;
  return fewest < most ? { wonToLost: [fewest, most], historyDays } : null;
}

/** Between which bounds the data of a book are to lie. */
export async function dataBoundsOf(store: Store, book: string): Promise<DataBounds> {
  return dataBoundsIn((await settingOf(store, qualityPrefix + book))?.value) ?? usualDataBounds;
}

/**
 * How good the data of a book are, and what each layer came to in a version, by the bounds that are set now.
 *
 * @throws {IcpError} when there is no such version
 */
export async function dataStandingOf(store: Store, seen: Seen, version: number): Promise<DataStanding> {
  const { name } = seen.book;
  const stored = await modelOfVersion(store, version);
  if (stored === null) throw new IcpError('no_model', `version ${version} of ${name} is not there`);
  const quality = await dataQuality(store, seen, stored.model.counts, await dataBoundsOf(store, name));
  return { quality, layers: await layersOf(store, seen, stored) };
}

/** How good the data of a book are to learn from: won against lost, and how long accounts have been observed. */
export async function dataQuality(
  store: Store,
  { book, importId, asOf }: Seen,
  counts: { won: number; lost: number },
  bounds: DataBounds,
): Promise<DataQuality> {
  const { timeKind } = book;
  const spans = timeKind === 'order' ? [] : await observedSpans(store, { book: book.name, importId, asOf });
  return judgeData({ won: counts.won, lost: counts.lost, spans, timeKind }, bounds);
}

/** What each layer came to in a model, and why there is nothing where there is nothing. */
export async function layersOf(
  store: Store,
  { book, importId, asOf }: Seen,
  { model, catalogue }: Pick<StoredModel, 'model' | 'catalogue'>,
): Promise<LayerFinding[]> {
  const seen = { book: book.name, importId, asOf };
  const learnt = learntLayers(model);
  const fields = fieldsNotLearnt(model, catalogue);
  const kinds = layers
    .filter((layer) => !learnt.has(layer))
    .map((layer) => ({ layer, kinds: signalKindsOf(catalogue, layer) }))
    .filter((of) => of.kinds.length > 0);
  const signals = new Map<Layer, number>();
  for (const of of kinds) signals.set(of.layer, await accountsWithSignals(store, seen, of.kinds));
  const nobodyCounts = fields.length === 0 && kinds.length === 0;
  const fill = {
    accounts: nobodyCounts ? 0 : await countAccounts(store, seen),
    fields: await accountsKnown(store, seen, fields),
    signals,
  };
  const declared = new Map((await declaredFields(store, book.name)).map(({ field, layer }) => [field, layer]));
  const usual = (field: string): Layer => (field === 'technologies' ? 'technographic' : 'firmographic');
  return layerFindings(
    model,
    catalogue,
    fill,
    (field) => declared.get(field) ?? knownFields[field]?.layer ?? usual(field),
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
