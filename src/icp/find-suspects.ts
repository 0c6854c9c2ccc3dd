import { areaUnderCurve } from '../stats/models/auc.ts';
import { logLoss } from '../stats/models/log-loss.ts';
import { binFeatures, binRows } from './fit-bins.ts';
import type { Suspect, TrainingSet } from './training-set.ts';

/**
 * A column alone that takes away a quarter of all uncertainty about the outcome is more likely written by it than the
 * cause of it. On real data the strongest honest columns reach 0.17 (time on the website, kind of contract), columns
 * known to be leaks 0.28 to 0.82 (lead quality, call duration, tags, the amount of a closed deal).
 */
const tooMuchGain = 0.25;
/** Above this area under the curve a column is a copy of the outcome, however rare the outcome is. */
const tooMuchOrder = 0.95;
/** Known (or unknown) for this share of one outcome alone, in a group of at least `groupOf` rows. */
const onlyOne = 0.98;
const groupOf = 30;
const mostUsual = 0.8;
const fewestRows = 100;
const fewestEvents = 20;

/**
 * The columns of the fit features that predict too well alone, or are filled for one outcome only.
 *
 * Each column is judged alone and out of fold, against winning and against churning after use. A date would settle
 * whether the column came first; where there is none, it is set aside until a person allows it. What sales writes down
 * softly (a last activity, a grade that half follows the outcome) predicts no better than honest columns do, and
 * cannot be told from the data: a mapping must leave it out.
 */
export function findSuspects(set: TrainingSet): Suspect[] {
  const reasons = new Map<string, string>();
  const binned = binFeatures(set.fit.table);
  const bins = binRows(set.fit.table, binned);
  for (const [outcome, word] of [
    [set.fit.reached.won, 'winning'],
    [set.fit.churned, 'churning'],
  ] as const) {
    const rows = [...outcome.keys()].filter((row) => outcome[row] !== null);
    const told = Uint8Array.from(rows, (row) => outcome[row] ?? 0);
    const events = told.reduce((sum, value) => sum + value, 0);
    if (rows.length < fewestRows || events < fewestEvents || rows.length - events < fewestEvents) continue;
    for (const [f, { feature, matches }] of binned.entries()) {
      const column = Int16Array.from(rows, (row) => bins[f]![row]!);
      const unknown = matches.findIndex(({ kind }) => kind === 'unknown');
      const reason = tooGood(column, matches.length, told, word) ?? filledForOne(column, unknown, told, word);
      if (reason !== null && !reasons.has(feature.field)) reasons.set(feature.field, reason);
    }
  }
  return [...reasons].map(([field, reason]) => ({ field, reason }));
}

function tooGood(column: Int16Array, bins: number, outcome: Uint8Array, word: string): string | null {
  const forecast = forecastAlone(column, bins, outcome);
  const rate = outcome.reduce((sum, value) => sum + value, 0) / outcome.length;
  const uncertainty = logLoss(
    outcome,
    Float64Array.from(outcome, () => rate),
  );
  const gain = 1 - logLoss(outcome, forecast) / uncertainty;
  const auc = areaUnderCurve(outcome, forecast);
  if (gain <= tooMuchGain && auc <= tooMuchOrder) return null;
  return `predicts ${word} with AUC ${auc.toFixed(2)} on its own, and has no date`;
}

/** Rate of each row's bin in the other four fifths of the rows, drawn a little towards the rate of all. */
function forecastAlone(column: Int16Array, bins: number, outcome: Uint8Array): Float64Array {
  const folds = 5;
  const rows = new Float64Array(bins * folds);
  const events = new Float64Array(bins * folds);
  for (let row = 0; row < column.length; row++) {
    const bin = column[row]!;
    rows[bin * folds + (row % folds)]! += 1;
    events[bin * folds + (row % folds)]! += outcome[row]!;
  }
  const rate = outcome.reduce((sum, value) => sum + value, 0) / outcome.length;
  const others = rows.map((_, at) => {
    let n = 2;
    let sum = 2 * rate;
    const first = at - (at % folds);
    for (let fold = first; fold < first + folds; fold++) {
      if (fold === at) continue;
      n += rows[fold]!;
      sum += events[fold]!;
    }
    return sum / n;
  });
  return Float64Array.from(column, (bin, row) => others[bin * folds + (row % folds)]!);
}

function filledForOne(column: Int16Array, unknown: number, outcome: Uint8Array, word: string): string | null {
  if (unknown < 0) return null;
  const rate = outcome.reduce((sum, value) => sum + value, 0) / outcome.length;
  for (const known of [true, false]) {
    let size = 0;
    let events = 0;
    for (let row = 0; row < outcome.length; row++) {
      if ((column[row] !== unknown) !== known) continue;
      size++;
      events += outcome[row]!;
    }
    if (size < groupOf) continue;
    const inGroup = events / size;
    const allOne = (inGroup >= onlyOne && rate <= mostUsual) || (inGroup <= 1 - onlyOne && rate >= 1 - mostUsual);
    if (!allOne) continue;
    const share = Math.round(100 * Math.max(inGroup, 1 - inGroup));
    const side = inGroup > 0.5 ? `with ${word}` : `without ${word}`;
    return `${known ? 'filled' : 'left blank'} in ${size} rows, ${share} % of them ${side}, and has no date`;
  }
  return null;
}
