import type { CalibratedValues } from '../icp/calibrate-values.ts';
import { usualValues, valuesOfModel } from '../icp/outcome-values.ts';
import { sameStages } from '../icp/values-in-force.ts';
import { activationsOf, activeModel, modelOfVersion, type StoredModel } from '../store/models.ts';
import { livingProposals } from '../store/proposals.ts';
import type { Store } from '../store/store.ts';
import type { ReportSection } from './report-card.ts';
import { sayValuesInForce } from './reports/values-in-force.ts';
import type { Figure } from './types.ts';

/** What a question about the values keeps of its moment. Receipts of before did not, and then nothing is said of it. */
export interface ValuesAsked {
  /** When the model that was in force came into force, and the version that was scheduled in its place. */
  inForce?: { since: number; version: number; scheduled: number | null };
}

/** The model in force and the one that is scheduled, at the moment of the question. */
export async function valuesAsked(store: Store, book: string): Promise<ValuesAsked> {
  const active = await activeModel(store, book);
  if (active === null || active.activatedAt === null) return {};
  const scheduled = (await livingProposals(store, book)).findLast(({ standing }) => standing === 'scheduled');
  return {
    inForce: {
      ...{ since: active.activatedAt, version: active.version },
      scheduled: scheduled?.scheduled?.version ?? null,
    },
  };
}

/** What is in force beside what was calibrated, and what the next analysis does about it. */
export async function sayStandingValues(
  store: Store,
  book: string,
  { inForce }: ValuesAsked,
  calibrated: CalibratedValues,
): Promise<{ text: string; figures: readonly Figure[]; sections: readonly ReportSection[] }> {
  const active = inForce === undefined ? null : await modelOfVersion(store, inForce.version);
  if (inForce === undefined || active === null) return { text: '', figures: [], sections: [] };
  const later = inForce.scheduled === null ? null : await modelOfVersion(store, inForce.scheduled);
  const { lines, figures } = sayValuesInForce(
    {
      version: active.version,
      values: valuesOfModel(active.model),
      hasDetractor: active.model.detractor !== null,
      since: sameStages(active.model, usualValues) ? null : await sinceWhen(store, book, active, inForce.since),
      scheduled: later === null || sameStages(later.model, active.model) ? null : later.version,
    },
    calibrated,
  );
  return { text: ` ${lines.join(' ')}`, figures, sections: [{ heading: 'In force', lines, table: null }] };
}

/** Since when the stages have counted as they do, over all versions that came into force one after the other, and through whom. */
async function sinceWhen(store: Store, book: string, active: StoredModel, until: number) {
  const past = (await activationsOf(store, book)).filter(({ at }) => at <= until).toReversed();
  let first: { at: string; by: string } | null = null;
  for (const { version, at, by } of past) {
    const other = version === active.version ? active : await modelOfVersion(store, version);
    if (other === null || !sameStages(other.model, active.model)) break;
    first = { at: new Date(at).toISOString(), by };
  }
  return first;
}
