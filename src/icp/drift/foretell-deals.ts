import { fitAdditiveLogistic, predictLogOdds } from '../../stats/models/additive-logistic.ts';
import { affineCalibration } from '../../stats/models/affine-calibration.ts';
import { type BinnedRows, binnedRows, pickRows } from '../../stats/models/binned-rows.ts';
import type { Criterion } from '../model.ts';

/** A closed deal of a touched account, by its row. */
export interface ClosedDeal {
  row: number;
  closedAt: number;
  won: boolean;
}

const mostCriteria = 15;
const folds = 5;
const penalty = { ridge: 10, smooth: 10 };
/** Pseudo-deals that hold the calibration at "change nothing". */
const caution = 10;

/**
 * What a table learnt before the watch gives for each deal, as log-odds of winning, by the bins of the published criteria.
 *
 * The published table has seen the outcomes that it would be judged by, and knows older ones better than recent ones, whose
 * horizon is not over: held against it, every company would seem to lose its touch. So the bins are weighed anew on the
 * deals from before the watch. These are forecast from the other four fifths of them, and so is their calibration.
 */
export function foretellDeals(
  deals: readonly ClosedDeal[],
  criteria: readonly { criterion: Criterion; bin: Int16Array }[],
  since: number,
): Float64Array {
  const heaviest = criteria
    .toSorted((a, b) => b.criterion.weight - a.criterion.weight || (a.criterion.key < b.criterion.key ? -1 : 1))
    .slice(0, mostCriteria);
  const x = binnedRows(
    // A value in no bin has a bin of its own, behind the others.
    heaviest.map(({ criterion, bin }) => deals.map(({ row }) => (bin[row]! < 0 ? criterion.bins.length : bin[row]!))),
    heaviest.map(({ criterion }) => criterion.bins.length + 1),
    heaviest.map(({ criterion }) => leadingRanges(criterion)),
    deals.length,
  );
  const won = Uint8Array.from(deals, (deal) => (deal.won ? 1 : 0));
  const before = placesWhere(deals, ({ closedAt }) => closedAt < since);
  const logOdds = forecast(
    x,
    won,
    before,
    placesWhere(deals, ({ closedAt }) => closedAt >= since),
    deals.length,
  );
  for (let fold = 0; fold < folds; fold++) {
    const inFold = before.filter((at) => deals[at]!.row % folds === fold);
    const others = before.filter((at) => deals[at]!.row % folds !== fold);
    const own = forecast(x, won, others, inFold, deals.length);
    for (const at of inFold) logOdds[at] = own[at]!;
  }
  const { intercept, slope } = affineCalibration(
    before.map((at) => won[at]!),
    before.map((at) => logOdds[at]!),
    caution,
  );
  return logOdds.map((value) => intercept + slope * value);
}

/** Learns on some deals and forecasts others; the rest stay 0. */
function forecast(
  x: BinnedRows,
  won: Uint8Array,
  learnt: readonly number[],
  foretold: readonly number[],
  count: number,
): Float64Array {
  const logOdds = new Float64Array(count);
  if (learnt.length === 0) return logOdds;
  const fit = fitAdditiveLogistic(
    pickRows(x, learnt),
    Uint8Array.from(learnt, (at) => won[at]!),
    penalty,
  );
  const found = predictLogOdds(pickRows(x, foretold), fit);
  for (const [nth, at] of foretold.entries()) logOdds[at] = found[nth]!;
  return logOdds;
}

function placesWhere(deals: readonly ClosedDeal[], holds: (deal: ClosedDeal) => boolean): number[] {
  return deals.flatMap((deal, at) => (holds(deal) ? [at] : []));
}

function leadingRanges({ bins }: Criterion): number {
  const end = bins.findIndex(({ match }) => match.kind !== 'range');
  return end < 0 ? bins.length : end;
}
