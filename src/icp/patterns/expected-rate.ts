import { fitAdditiveLogistic } from '../../stats/models/additive-logistic.ts';
import { type BinnedRows, binnedRows, pickRows } from '../../stats/models/binned-rows.ts';
import { sigmoid } from '../../stats/models/logistic.ts';
import { weighForecasts } from '../../stats/models/weigh-forecasts.ts';
import type { Random } from '../../stats/random.ts';
import { binFeatures, binRows } from '../fit-bins.ts';
import { designOf } from '../fit-rows.ts';
import type { FeatureTable } from '../types.ts';

/** With many rows, half of them teach as much as is needed. */
const manyRows = 10_000;
const penalty = { ridge: 2, smooth: 10 };
const mostBins = 20;
const mostWeighed = 13_000;

/** The rows of a table as the additive fit reads them, with one more column of groups (quarters) whose rates may differ. */
export function additiveDesign(table: FeatureTable, groups: Uint16Array): BinnedRows {
  const binned = binFeatures(table, mostBins);
  const rows = table.accountIds.length;
  const design = designOf(binned, binRows(table, binned), rows);
  const width = design.sizes.length;
  const most = groups.reduce((highest, group) => Math.max(highest, group), 0) + 1;
  const columns = design.sizes.map((_, f) => {
    const first = design.sizes.slice(0, f).reduce((sum, size) => sum + size, 0);
    return Uint16Array.from({ length: rows }, (_row, row) => design.cells[row * width + f]! - first);
  });
  return binnedRows([...columns, groups], [...design.sizes, most], [...design.ordered, 0], rows);
}

/**
 * What traits one by one let expect of each row: the probability by an additive table that never saw the row.
 *
 * What happens beyond it is what only the traits together explain. Two to four folds; the table is kept small by penalties and follows
 * noise where there is some, so each trait is weighed anew by what happened, and so is the height of the sum. The same for every row where there are too few
 * events to fit anything.
 *
 * @param rows the rows that the outcome is known of
 */
export function expectedRates(x: BinnedRows, outcome: Uint8Array, rows: Uint32Array, random: Random): Float64Array {
  const expected = new Float64Array(rows.length);
  const events = rows.reduce((sum, row) => sum + outcome[row]!, 0);
  if (events < 20 || rows.length - events < 20) return expected.fill(rows.length === 0 ? 0 : events / rows.length);
  const folds = rows.length > manyRows ? 2 : 4;
  const places = random.shuffle(Array.from(rows.keys()));
  const width = x.sizes.length;
  const effects = new Float64Array(rows.length * width);
  for (let fold = 0; fold < folds; fold++) {
    const learn = places.filter((_, at) => at % folds !== fold);
    const fit = fitAdditiveLogistic(
      pickRows(
        x,
        learn.map((place) => rows[place]!),
      ),
      Uint8Array.from(learn, (place) => outcome[rows[place]!]!),
      { ...penalty, rough: true },
    );
    for (const place of places.filter((_, at) => at % folds === fold)) {
      const cell = rows[place]! * width;
      for (let f = 0; f < width; f++) effects[place * width + f] = fit.effects[x.cells[cell + f]!]!;
    }
  }
  const happened = Uint8Array.from(rows, (row) => outcome[row]!);
  const weights = weighSome(happened, effects, width);
  const logOdds = expected.map((_, place) => {
    let sum = weights[0]!;
    for (let f = 0; f < width; f++) sum += weights[f + 1]! * effects[place * width + f]!;
    return sum;
  });
  return recalibrated(logOdds, happened);
}

/** The weights of the traits, from as many rows as are needed for a few dozen of them. */
function weighSome(outcome: Uint8Array, effects: Float64Array, width: number): Float64Array {
  const step = Math.max(1, Math.ceil(outcome.length / mostWeighed));
  if (step === 1) return weighForecasts(outcome, effects, width, 1);
  const rows = [...outcome.keys()].filter((row) => row % step === 0);
  const picked = new Float64Array(rows.length * width);
  for (const [at, row] of rows.entries()) picked.set(effects.subarray(row * width, (row + 1) * width), at * width);
  return weighForecasts(
    Uint8Array.from(rows, (row) => outcome[row]!),
    picked,
    width,
    1,
  );
}

const levels = 20;

/** Probabilities as they happened at each height of the log-odds: traits add up, but to what curve is left to the data. */
function recalibrated(offset: Float64Array, outcome: Uint8Array): Float64Array {
  const sorted = offset.toSorted();
  const cuts = Array.from({ length: levels - 1 }, (_, at) => sorted[Math.floor((sorted.length * (at + 1)) / levels)]!);
  const bins = Uint16Array.from(offset, (value) => cuts.filter((cut) => value >= cut).length);
  const curve = fitAdditiveLogistic(binnedRows([bins], [levels], [levels]), outcome, {
    ridge: 0.5,
    smooth: 10,
    offset,
  });
  return offset.map((value, at) => sigmoid(value + curve.intercept + curve.effects[bins[at]!]!));
}
