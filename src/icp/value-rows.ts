import { revenueWithin, yearlyRevenue } from './account-value.ts';
import type { AnalysisSet } from './analysis-set.ts';
import { forecastOutOfFold } from './fit-out-of-fold.ts';
import type { IcpModel } from './model.ts';
import { type Stage, stages } from './types.ts';

/** Touched accounts that are old enough to tell, with what others' tables said of them and what they were worth. */
export interface ValueRows {
  n: number;
  accountIds: readonly string[];
  /** Per stage, the points that its log-odds alone would give: the published scale, not clamped. */
  points: Record<Stage, Float64Array>;
  estimable: Record<Stage, boolean>;
  /** How churn-like, 0 to 1; all 0 where that is not estimable. */
  match: Float64Array;
  hasDetractor: boolean;
  /** The last stage that was reached; `null`: touched only. */
  reached: readonly (Stage | null)[];
  /** What it pays in a year, by the last twelve months; `null` where the source gives no price. */
  yearly: readonly (number | null)[];
  /** What it paid in all; `null` where the source gives no price. */
  paid: readonly (number | null)[];
  isCustomer: readonly boolean[];
  everChurned: readonly boolean[];
}

/** Lines up what the values of stages and the revenue by basis are worked out from. */
export function valueRows(set: AnalysisSet): ValueRows {
  const { training, model } = set;
  const facts = new Map(set.accounts.map((account) => [account.id, account]));
  const { accountIds } = training.fit.table;
  const kept = [...accountIds.keys()].filter(
    (row) => training.fit.reached.won[row] !== null && facts.has(accountIds[row]!),
  );
  const forecast = forecastOutOfFold(set);
  const perLogit = pointsOfLogit(model);
  const pick = (stage: Stage): Float64Array =>
    Float64Array.from(kept, (row) => model.base / 10 + perLogit * forecast.logOdds[stage][row]!);
  const own = kept.map((row) => facts.get(accountIds[row]!)!);
  return {
    n: kept.length,
    accountIds: kept.map((row) => accountIds[row]!),
    points: { accepted: pick('accepted'), qualified: pick('qualified'), won: pick('won'), expanded: pick('expanded') },
    estimable: forecast.estimable,
    match: Float64Array.from(kept, (row) => forecast.match?.[row] ?? 0),
    hasDetractor: forecast.match !== null,
    reached: own.map(({ reachedAt }) => stages.findLast((stage) => reachedAt[stage] !== null) ?? null),
    yearly: own.map((account) => yearlyRevenue(account, training.asOf)),
    paid: own.map((account) => revenueWithin(account, Number.NEGATIVE_INFINITY, training.asOf)),
    isCustomer: own.map((account) => account.isCustomer),
    everChurned: own.map(({ churns }) => churns.some(({ afterUse }) => afterUse)),
  };
}

/** Points for one logit of the weighted levers, as the published table has them: the slope through all its bins. */
function pointsOfLogit({ criteria, stageValues, levers }: IcpModel): number {
  const used = stages.filter((stage) => levers[stage].estimable);
  const total = used.reduce((sum, stage) => sum + stageValues[stage], 0);
  let together = 0;
  let squares = 0;
  for (const { bins } of criteria) {
    for (const bin of bins) {
      const logit = used.reduce((sum, stage) => sum + stageValues[stage] * bin.levers[stage], 0) / Math.max(total, 1);
      together += (bin.points / 10) * logit;
      squares += logit * logit;
    }
  }
  return squares === 0 ? 0 : together / squares;
}
