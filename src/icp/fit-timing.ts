import { pickRows } from '../stats/models/binned-rows.ts';
import { type BinnedFeature, binFeatures, binRows } from './fit-bins.ts';
import { chooseLever, fitChosen } from './fit-lever.ts';
import { designOf } from './fit-rows.ts';
import type { LeverRows } from './fit-with-choices.ts';
import type { TrainingSet } from './training-set.ts';

/** Fewer landmarks than this were followed by a win: timing says nothing yet. */
const fewestEvents = 20;

/**
 * Learns what timing adds to an account whose fit is known: at each landmark, the log-odds of being won soon, given
 * `fitLogOdds` of the account (one a touched account).
 *
 * Landmarks are taken in order of their account's touch, so that no account is on both sides of a fold. `null` when there is
 * nothing to learn from, or when out of fold it adds nothing.
 */
export function fitTiming(
  set: TrainingSet,
  fitLogOdds: Float64Array,
): { binned: BinnedFeature[]; effects: Float64Array } | null {
  const { table, fitRow, won } = set.timing;
  const binned = binFeatures(table);
  const events = won.reduce<number>((sum, value) => sum + value, 0);
  if (binned.length === 0 || events < fewestEvents || won.length - events < fewestEvents) return null;
  const order = Uint32Array.from(fitRow.keys()).sort(
    (a, b) => fitRow[a]! - fitRow[b]! || set.timing.landmarkAt[a]! - set.timing.landmarkAt[b]!,
  );
  const rows: LeverRows = {
    x: pickRows(designOf(binned, binRows(table, binned), won.length), order),
    outcome: Uint8Array.from(order, (row) => won[row]!),
    offset: Float64Array.from(order, (row) => fitLogOdds[fitRow[row]!] ?? 0),
  };
  const chosen = chooseLever(rows, { search: 'brief' });
  if (chosen.slope === 0 || !chosen.helps) return null;
  return { binned, effects: fitChosen(rows, chosen).effects };
}
