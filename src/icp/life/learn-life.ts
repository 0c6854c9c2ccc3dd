import { dayMs } from '../features/calendar.ts';
import type { TrainingSet } from '../training-set.ts';
import type { Instant } from '../types.ts';
import type { CustomerLife } from './customer-lives.ts';
import { type LifeFeature, lifeFeatures } from './life-features.ts';
import { fitLife, type LearntLife, lifeLogOdds } from './life-model.ts';
import { type LifeEvent, type LifeRows, monthStarts, outcomesOf, rowsAt } from './life-rows.ts';
import { profileRisk } from './profile-risk.ts';

/** What was learnt of an event in customers' lives from everything known at a cutoff. */
export interface LifeLearnt extends LearntLife {
  features: readonly LifeFeature[];
  rows: LifeRows;
  outcome: Uint8Array;
  /** Accounts to which the event happened in the rows. */
  events: number;
}

/** Fewer accounts than this with the event: not estimable yet. */
export const fewestLifeEvents = 25;

/** The features of customers for an event: those of their life, and how alike they looked to begin with. */
export function featuresFor(
  set: Pick<TrainingSet, 'fit'>,
  lives: readonly CustomerLife[],
  event: LifeEvent,
  cutoff: Instant,
): LifeFeature[] {
  const risk = profileRisk(set, lives, event, cutoff);
  const label = 'the kind of company that it was when it came';
  return [
    ...lifeFeatures(lives),
    { key: 'profile', label, unit: 'untold', read: ({ account }) => risk[account] ?? Number.NaN },
  ];
}

/**
 * Learns an event from monthly snapshots of customers whose horizon was over at the cutoff: younger ones are left out, never
 * counted as "did not happen".
 *
 * @returns how many accounts had the event, and what was learnt; `null` where fewer than 25 had it, or fewer than 25 had not
 */
export function learnLife(
  set: Pick<TrainingSet, 'fit'>,
  lives: readonly CustomerLife[],
  event: LifeEvent,
  cutoff: Instant,
): { events: number; learnt: LifeLearnt | null } {
  const features = featuresFor(set, lives, event, cutoff);
  const from = lives.reduce((first, { startedAt }) => Math.min(first, startedAt), cutoff);
  const rows = rowsAt(lives, monthStarts(from, cutoff - event.horizonDays * dayMs), features);
  const outcome = outcomesOf(rows, event);
  const accountsWith = (value: 0 | 1) =>
    new Set(rows.lives.filter((_, row) => outcome[row] === value).map(({ account }) => account)).size;
  const events = accountsWith(1);
  if (events < fewestLifeEvents || accountsWith(0) < fewestLifeEvents) return { events, learnt: null };
  const group = rows.lives.map(({ account }) => account);
  return { events, learnt: { ...fitLife(rows.columns, outcome, group), features, rows, outcome, events } };
}

/** Rows at later dates, described as they were learnt, with their log-odds. */
export function forecastAt(
  { features, model }: Pick<LifeLearnt, 'features' | 'model'>,
  lives: readonly CustomerLife[],
  dates: readonly Instant[],
): LifeRows & { logOdds: Float64Array } {
  const rows = rowsAt(lives, dates, features);
  return { ...rows, logOdds: lifeLogOdds(model, rows.columns) };
}
