import { aucInterval } from '../../stats/intervals/auc-interval.ts';
import type { Random } from '../../stats/random.ts';
import { dayMs } from '../features/calendar.ts';
import type { TrainingSet } from '../training-set.ts';
import type { Instant, Rate } from '../types.ts';
import type { CustomerLife } from './customer-lives.ts';
import { forecastAt, type LifeLearnt, learnLife } from './learn-life.ts';
import { type LifeEvent, type LifeRows, outcomesOf } from './life-rows.ts';

/** What would have been forecast week by week, always from what was known half a year before at most. */
export interface ForwardForecast {
  rows: Omit<LifeRows, 'columns'>;
  logOdds: Float64Array;
  /** What one feature alone would have ranked by; `NaN` where it is not known. */
  baseline: Float64Array;
  outcome: Uint8Array;
  from: Instant;
  to: Instant;
  refits: number;
}

const judgedDays = 364;
const refitDays = 182;
const fewestPositives = 10;

/**
 * Replays the last year whose outcome is known: learns at its start and again in its middle, and forecasts every week after.
 *
 * @param stepDays days between two looks, 7 for weekly
 * @returns `null` where too few events were known at the start of that year
 */
export function forecastForward(
  set: Pick<TrainingSet, 'fit' | 'asOf'>,
  lives: readonly CustomerLife[],
  event: LifeEvent,
  { baseline, stepDays }: { baseline: string; stepDays: number },
): ForwardForecast | null {
  const to = set.asOf - event.horizonDays * dayMs;
  const from = to - judgedDays * dayMs;
  const parts: (LifeRows & { logOdds: Float64Array; baseline: Float64Array })[] = [];
  for (let cutoff = from; cutoff < to; cutoff += refitDays * dayMs) {
    const { learnt } = learnLife(set, lives, event, cutoff);
    if (learnt === null) continue;
    const dates: Instant[] = [];
    const end = Math.min(to, cutoff + (refitDays - 1) * dayMs);
    for (let at = cutoff; at <= end; at += stepDays * dayMs) dates.push(at);
    const forecast = forecastAt(learnt, lives, dates);
    const column = learnt.features.findIndex(({ key }) => key === baseline);
    parts.push({ ...forecast, baseline: forecast.columns[column] ?? new Float64Array() });
  }
  const first = parts[0]?.at[0];
  if (first === undefined) return null;
  const rows = { lives: parts.flatMap((part) => part.lives), at: joined(parts.map(({ at }) => at)) };
  return {
    rows,
    logOdds: joined(parts.map(({ logOdds }) => logOdds)),
    baseline: joined(parts.map((part) => part.baseline)),
    outcome: outcomesOf(rows, event),
    from: first,
    to,
    refits: parts.length,
  };
}

/**
 * Area under the curve with one row an account, drawn by lot from those where the event lay ahead, or else from all: a
 * customer's weeks are too alike to count as many.
 *
 * @returns `null` for fewer than 10 accounts with the event, or fewer than 10 without
 */
export function aucByAccount(
  lives: readonly CustomerLife[],
  outcome: Uint8Array,
  score: ArrayLike<number>,
  random: Random,
): Rate | null {
  const byAccount = new Map<number, number[]>();
  for (const [row, { account }] of lives.entries()) {
    const known = byAccount.get(account);
    if (known === undefined) byAccount.set(account, [row]);
    else known.push(row);
  }
  const drawn = [...byAccount.values()].map((rows) => {
    const ahead = rows.filter((row) => outcome[row] === 1);
    return random.pick(ahead.length > 0 ? ahead : rows);
  });
  const told = drawn.map((row) => outcome[row]!);
  const positives = told.filter((value) => value === 1).length;
  if (positives < fewestPositives || told.length - positives < fewestPositives) return null;
  const { v, low, high } = aucInterval(
    told,
    drawn.map((row) => score[row]!),
  );
  return { v, low, high, n: told.length };
}

/**
 * Whether what was learnt puts those to whom the event happens before others: in the judged year beyond luck, and among accounts
 * left out of the fit as well. Where the judged year has too few events, the accounts left out must show it beyond luck.
 */
export function judgeOrder(
  { rows, outcome, outOfFold }: Pick<LifeLearnt, 'rows' | 'outcome' | 'outOfFold'>,
  forward: ForwardForecast | null,
  random: Random,
): { auc: Rate | null; holds: boolean } {
  const auc =
    forward === null
      ? null
      : aucByAccount(forward.rows.lives, forward.outcome, forward.logOdds, random.fork('judged year'));
  const leftOut = aucByAccount(rows.lives, outcome, outOfFold, random.fork('left out'));
  if (auc === null) return { auc, holds: leftOut !== null && isBetterThanChance(leftOut) };
  return { auc, holds: isBetterThanChance(auc) && (leftOut === null || leftOut.v > 0.5) };
}

/**
 * Whether an order is better than chance, wrong in one of a hundred books without any order.
 *
 * @example isBetterThanChance({ v: 0.6, low: 0.52, high: 0.68, n: 300 }); // => true
 */
export function isBetterThanChance({ v, high }: Rate): boolean {
  const standardError = (high - v) / 1.959963984540054;
  return v - 0.5 > 2.326347874040841 * standardError;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
