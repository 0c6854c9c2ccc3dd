import { dayMs } from './features/calendar.ts';
import { hashOf } from './features/hash-sample.ts';
import { landmarkHorizonDays } from './features/landmarks.ts';
import { type BinnedFeature, binFeatures, binRows } from './fit-bins.ts';
import { pickTable } from './fit-learnt.ts';
import { chooseLever, fitChosen } from './fit-lever.ts';
import { designOf, type Fold, type LeverRows, pickLeverRows } from './fit-rows.ts';
import type { TrainingSet } from './training-set.ts';

/** What timing adds, bin by bin, and how its landmarks ended. */
export interface LearntTiming {
  binned: BinnedFeature[];
  effects: Float64Array;
}

/** Fewer landmarks than this were followed by a win: timing says nothing yet. */
const fewestEvents = 20;
/** Landmarks without a win that are kept for each with one; more would change the cost, not the effects. */
const keptPerEvent = 15;
const fewestKept = 4000;
const groups = 3;
const foldEnds = [0.4, 0.6, 0.8, 1];

/**
 * Learns what timing adds to an account whose fit is known: at each landmark, the log-odds of being won soon, given
 * `fitLogOdds` of the account (one a touched account).
 *
 * Judged on landmarks that come later than all that was known when it was learnt, of accounts that it was not learnt on. Where
 * wins are rare, a part of the landmarks without one is left out and made up for in the log-odds. `null` when there is nothing to
 * learn from, or when out of fold it adds nothing.
 *
 * @see https://en.wikipedia.org/wiki/Logistic_regression#Case-control_sampling
 */
export function fitTiming(set: TrainingSet, fitLogOdds: Float64Array): LearntTiming | null {
  const { fitRow, landmarkAt, won } = set.timing;
  const { kept, leftOutOdds } = sampleLandmarks(set);
  const table = pickTable(set.timing.table, kept);
  const binned = binFeatures(table);
  const outcome = Uint8Array.from(kept, (row) => won[row]!);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  if (binned.length === 0 || events < fewestEvents || won.length - events < fewestEvents) return null;
  const rows: LeverRows = {
    x: designOf(binned, binRows(table, binned), kept.length),
    outcome,
    offset: Float64Array.from(kept, (row) => (fitLogOdds[fitRow[row]!] ?? 0) + leftOutOdds),
  };
  const at = Float64Array.from(kept, (row) => landmarkAt[row]!);
  const folds = timingFolds(rows, at, table.accountIds);
  if (folds.length === 0) return null;
  const chosen = chooseLever(folds, { search: 'brief', shifting: binned.map(() => false) });
  if (chosen.slope === 0 || !chosen.helps) return null;
  return { binned, effects: fitChosen(rows, chosen).effects };
}

/** All landmarks with a win and some of the others, in order of time; and the log-odds that this adds. */
function sampleLandmarks(set: TrainingSet) {
  const { table, landmarkAt, won } = set.timing;
  const watched = watchedLandmarks(set);
  const events = watched.reduce((sum, row) => sum + won[row]!, 0);
  const others = watched.length - events;
  const share = Math.min(1, Math.max(fewestKept, keptPerEvent * events) / Math.max(others, 1));
  const stays = (row: number): boolean =>
    won[row] === 1 || share === 1 || hashOf(`${table.accountIds[row]} ${landmarkAt[row]}`) < share * 2 ** 32;
  const kept = watched.filter(stays).sort((a, b) => landmarkAt[a]! - landmarkAt[b]! || a - b);
  return { kept, leftOutOdds: -Math.log(share) };
}

/**
 * The landmarks at which everything was collected that is known of every account today. Earlier ones tell how an account looks
 * that nobody watches; they are used only where more than half of the wins would be lost without them.
 */
function watchedLandmarks({ timing: { table, won }, reference }: TrainingSet): Uint32Array {
  const all = Uint32Array.from(won.keys());
  const place = new Map(reference.features.map(({ key }, at) => [key, at]));
  const known = table.columns.filter((_, f) => {
    const column = reference.columns[place.get(table.features[f]!.key) ?? -1] ?? [null];
    return !column.includes(null);
  });
  const watched = all.filter((row) => known.every((column) => column[row] !== null));
  const eventsOf = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + won[row]!, 0);
  return eventsOf(watched) * 2 > eventsOf(all) ? watched : all;
}

/** Three spans of time, each with as many wins, times three groups of accounts; a fold without both outcomes is left out. */
function timingFolds(rows: LeverRows, at: Float64Array, accountIds: readonly string[]): Fold[] {
  const group = accountIds.map((id) => hashOf(`fold ${id}`) % groups);
  const wonAt = at.filter((_, row) => rows.outcome[row] === 1);
  const ends = foldEnds.map((end) => wonAt[Math.ceil(end * (wonAt.length - 1))]!);
  const order = Uint32Array.from(at.keys());
  return ends.slice(1).flatMap((to, span) => {
    const from = ends[span]!;
    return Array.from({ length: groups }, (_, nth) => nth).flatMap((nth) => {
      const known = from - landmarkHorizonDays * dayMs;
      const learn = pickLeverRows(
        rows,
        order.filter((row) => at[row]! <= known && group[row] !== nth),
      );
      const judge = pickLeverRows(
        rows,
        order.filter((row) => at[row]! > from && at[row]! <= to && group[row] === nth),
      );
      return learn.outcome.includes(1) && learn.outcome.includes(0) && judge.outcome.length > 0
        ? [{ learn, judge }]
        : [];
    });
  });
}
