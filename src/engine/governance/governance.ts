import { wordsOf } from '../../icp/features/clean-text.ts';
import type { FeatureCatalogue } from '../../icp/features/feature-rule.ts';
import {
  type CalibrationPlan,
  isDue,
  planCalibration,
  type Reviewed,
  type ReviewTask,
  type SaidSetting,
} from '../../icp/judgements/governance.ts';
import type { Person } from '../../icp/types.ts';
import type { Book } from '../../store/books.ts';
import { ourEvents } from '../../store/company-events.ts';
import { lastAnalysis } from '../../store/findings.ts';
import { modelInForceAt } from '../../store/models.ts';
import { listPeople } from '../../store/people.ts';
import { settingsAt } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

export const ownerPrefix = 'governance.owner.';
export const reviewPrefix = 'governance.review.';
export const calibrationPrefix = 'governance.calibration.';
export const playbookPrefix = 'playbook.tier';
export const acknowledgedSetting = 'governance.acknowledged';

const usualDays = { conversion: 30, retention: 90 } as const;

/** Who owns what, what is due and what was missed, as it stood at an instant. */
export interface Governance {
  reviewed: readonly Reviewed[];
  calibrations: readonly CalibrationPlan[];
  acknowledged: { at: number; by: string; reason: string } | null;
  tasks: readonly ReviewTask[];
  /** What happens at each tier; `null` where nobody has written it. */
  playbook: readonly { tier: 1 | 2 | 3; said: (SaidSetting & { text: string }) | null }[];
  /** Owners that are nobody the company knows. */
  unknownOwners: readonly { key: string; typed: string }[];
}

/** Reads how a book is governed, from the settings and from what was done. */
export async function governanceAt(
  store: Store,
  { book, catalogue, now }: { book: Book; catalogue: FeatureCatalogue; now: number },
): Promise<Governance> {
  const said = await settingsAt(store, ['governance.', 'playbook.'], now);
  const people = await listPeople(store);
  const ownerOf = (kind: string) => personOf(people, said.get(`${ownerPrefix}${kind}`)?.value);
  const reviewOf = (kind: string) => instantOf(said.get(`${reviewPrefix}${kind}`)?.value);
  const reviewed = (kind: string, label: string, general: string | null): Reviewed => {
    const own = ownerOf(kind);
    const inGeneral = own === null && general !== null ? ownerOf(general) : null;
    const ownReview = reviewOf(kind);
    const nextReview = ownReview ?? (general === null ? null : reviewOf(general));
    return {
      ...{
        key: kind,
        label,
        owner: (own ?? inGeneral)?.name ?? null,
        ownedInGeneral: general !== null && own === null,
      },
      ...{ nextReview, reviewedInGeneral: general !== null && ownReview === null, overdue: isDue(nextReview, now) },
    };
  };
  const reviewedAt = said.get(`${reviewPrefix}definitions`)?.setAt ?? null;
  return {
    reviewed: [
      reviewed('definitions', 'what counts as accepted, qualified, won, expanded and churned', null),
      reviewed('criteria', 'the criteria and the tiers', null),
      reviewed('signals', 'all signals', null),
      ...signalKinds(catalogue).map((kind) => reviewed(kind, `signal ${wordsOf(kind)}`, 'signals')),
    ],
    calibrations: await calibrationsOf(store, book, said, book.clock ?? now),
    acknowledged: acknowledgementOf(said.get(acknowledgedSetting)),
    tasks: (await ourEvents(store, book.name, now)).map(({ kind, note, on, recordedAt, byName }) => ({
      ...{ what: note ?? kind, on, recordedAt, recordedBy: byName },
      reviewedAt: reviewedAt !== null && reviewedAt >= recordedAt ? reviewedAt : null,
    })),
    playbook: ([1, 2, 3] as const).map((tier) => {
      const written = said.get(`${playbookPrefix}${tier}`);
      return { tier, said: typeof written?.value === 'string' ? { ...written, text: written.value } : null };
    }),
    unknownOwners: [...said]
      .filter(([key, { value }]) => key.startsWith(ownerPrefix) && personOf(people, value) === null)
      .map(([key, { value }]) => ({ key, typed: String(value) })),
  };
}

/** When a book was held against conversion and retention last, and when it is to be next. */
export async function calibrationsOf(
  store: Store,
  book: Book,
  said: ReadonlyMap<string, SaidSetting>,
  now: number,
): Promise<CalibrationPlan[]> {
  const model = await modelInForceAt(store, book.name, null);
  if (model === null) return [];
  const { conversion, retention, customers } = await lastAnalysis(store, book.name);
  const plan = (against: 'conversion' | 'retention', last: number | null): CalibrationPlan => {
    const days = said.get(`${calibrationPrefix}${against}`)?.value;
    const everyDays = typeof days === 'number' && days > 0 ? days : usualDays[against];
    return { book: book.name, against, everyDays, last, ...planCalibration(last ?? model.asOf, everyDays, now) };
  };
  // A book that knows of no customers has no retention to be held against.
  return [plan('conversion', conversion), ...(customers ? [plan('retention', retention)] : [])];
}

/** The kinds of signals that a model's features are read off. */
function signalKinds({ rules }: FeatureCatalogue): string[] {
  return [...new Set(rules.flatMap((rule) => (rule.how === 'signal' ? [rule.kind] : [])))].sort();
}

/** What was acknowledged last. */
export function acknowledgementOf(said: SaidSetting | undefined): Governance['acknowledged'] {
  if (said === undefined || typeof said.value !== 'object' || said.value === null) return null;
  const reason = 'reason' in said.value ? String(said.value.reason) : '';
  return { at: said.setAt, by: said.setBy, reason };
}

function personOf(people: readonly Person[], typed: unknown): Person | null {
  if (typeof typed !== 'string') return null;
  return people.find(({ email }) => email.toLowerCase() === typed.trim().toLowerCase()) ?? null;
}

/** A day in a setting: `2027-01-15`. */
function instantOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
