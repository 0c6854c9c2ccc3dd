import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { usualHorizons } from '../build-training-set.ts';
import { dayMs } from '../features/calendar.ts';
import type { Horizons, TrainingSet } from '../training-set.ts';
import { type Instant, type Stage, stages } from '../types.ts';

/** Days as a customer within which churn counts, as rows are built with. */
const churnHorizonDays = 365;

export interface KnownAtOptions {
  /** Rows touched before this one are there. */
  row: number;
  /** What had happened by then; `null` takes every label as it is known today, for books that have only an order. */
  at: Instant | null;
  horizons?: Horizons;
}

/**
 * The rows that a model could have been learnt on at an earlier time, with the labels that were told by then.
 *
 * An account touched three months before counts for none of the stages that take longer: it was too young to tell. No
 * timing, and points against the accounts touched so far.
 */
export function knownAt(
  { training, accounts }: Pick<AnalysisSet, 'training' | 'accounts'>,
  { row, at, horizons = usualHorizons }: KnownAtOptions,
): TrainingSet {
  const { fit } = training;
  const facts = at === null ? new Map<string, AccountFacts>() : new Map(accounts.map((each) => [each.id, each]));
  const touchedAt = fit.touchedAt.slice(0, row);
  const isTold = (nth: number, stage: Stage): boolean => at === null || touchedAt[nth]! + horizons[stage] * dayMs <= at;
  const told = (stage: Stage) =>
    fit.reached[stage].slice(0, row).map((value, nth) => (value !== null && isTold(nth, stage) ? value : null));
  const accountIds = fit.table.accountIds.slice(0, row);
  const none = { features: [], accountIds: [], columns: [] };
  const [accepted, qualified, won, expanded] = stages.map(told);
  return {
    ...training,
    fit: {
      table: { ...fit.table, accountIds, columns: fit.table.columns.map((column) => column.slice(0, row)) },
      touchedAt,
      reached: { accepted: accepted!, qualified: qualified!, won: won!, expanded: expanded! },
      churned: fit.churned
        .slice(0, row)
        .map((value, nth) =>
          value === null || at === null || isChurnTold(facts.get(accountIds[nth]!), at) ? value : null,
        ),
    },
    timing: { table: none, fitRow: [], landmarkAt: [], won: [] },
    reference: none,
  };
}

/** Whether somebody who left had left by then, or had been a customer for a year. */
function isChurnTold(facts: AccountFacts | undefined, at: Instant): boolean {
  if (facts === undefined) return false;
  const left = facts.churns[0]?.at;
  const since = facts.customerSince ?? left;
  if (left !== undefined && left <= at) return true;
  return since !== undefined && since + churnHorizonDays * dayMs <= at;
}
