import { affineCalibration } from '../../stats/models/affine-calibration.ts';
import { logit } from '../../stats/models/logistic.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { scoreAccount } from '../score-account.ts';
import type { Instant } from '../types.ts';
import {
  quartersBefore,
  quarterWeeks,
  type WatchedBook,
  type WatchedDeal,
  type WatchedTenure,
  type WatchedTrait,
  watchedWeeks,
  weekMs,
} from './watched-book.ts';
import { type GroupOfRows, groupsOfRows, type NamedGroup, type TouchedRows } from './watched-groups.ts';

/** The deals, customers and traits of an analysis set, with the groups that they are watched in. */
export function watchedBookOf(set: AnalysisSet, named: readonly NamedGroup[], since?: Instant): WatchedBook {
  const until = set.training.asOf;
  const closed = set.accounts.flatMap((account) => closedDealsOf(account));
  const start =
    since ??
    watchStart(
      closed.reduce((first, { at }) => Math.min(first, at), until),
      until,
    );
  const rows = touchedRows(set);
  const groups = groupsOfRows(rows, named).filter(({ holds }) => rows.ids.some((_, row) => holds(row)));
  const rowOf = new Map(rows.ids.map((id, row) => [id, row] as const).reverse());
  const placesOf = (row: number): number[] => groups.flatMap(({ holds }, place) => (holds(row) ? [place] : []));

  const deals = closed.flatMap(({ account, at, won }): WatchedDeal[] => {
    const row = rowOf.get(account);
    return row === undefined ? [] : [{ closedAt: at, won, logOdds: rows.logOdds[row]!, groups: placesOf(row) }];
  });
  const customers = set.accounts.flatMap((account): WatchedTenure[] => {
    const row = rowOf.get(account.id);
    const startedAt = account.customerSince;
    if (row === undefined || startedAt === null || startedAt >= until) return [];
    const end = account.churns.find(({ at }) => at >= startedAt);
    const leftAt = end?.afterUse === true ? end.at : null;
    return [{ startedAt, leftAt, seenUntil: end?.at ?? until, groups: placesOf(row) }];
  });
  const book = { since: start, until };
  return {
    ...{ seed: set.seed, ...book },
    groups: groups.map((one) => ({ ...one.group, tierOneShare: tierOneShare(one, rows) })),
    deals: foretold(
      deals.sort((a, b) => a.closedAt - b.closedAt),
      start,
    ),
    customers,
    traits: traitsOf(rows, book),
  };
}

/**
 * When a watch begins: the start of the calendar quarter that lies two years back, or, in a shorter history, of the one
 * nearest to its middle. It moves on once a quarter, so that what was found last week is found again.
 */
export function watchStart(first: Instant, until: Instant): Instant {
  const middle = first + (until - first) / 2;
  const date = new Date(Math.max(middle, until - 104 * weekMs));
  return Date.UTC(date.getUTCFullYear(), 3 * Math.floor(date.getUTCMonth() / 3));
}

/** Closed deals for new business, with a date. */
function closedDealsOf({ id, deals }: AccountFacts): { account: string; at: Instant; won: boolean }[] {
  return deals.flatMap(({ type, outcome, closedAt }) =>
    type === 'new' && outcome !== 'open' && closedAt !== null
      ? [{ account: id, at: closedAt, won: outcome === 'won' }]
      : [],
  );
}

interface ScoredRows extends TouchedRows {
  touchedAt: readonly Instant[];
  /** What the table gives for winning, as log-odds; 0 where it cannot estimate it. */
  logOdds: Float64Array;
}

/** Every touched account as the table sees it at its first touch. */
function touchedRows({ training, model }: AnalysisSet): ScoredRows {
  const { table, touchedAt } = training.fit;
  const criteria = model.criteria.filter(({ part }) => part === 'fit');
  const fitModel = { ...model, criteria };
  const columns = new Map(table.features.map(({ key }, at) => [key, table.columns[at]!]));
  const count = table.accountIds.length;
  const bins = criteria.map((criterion) => ({ criterion, bin: new Int16Array(count).fill(-1) }));
  const placeOf = criteria.map(({ bins: own }) => new Map(own.map((bin, at) => [bin, at])));
  const tier = new Uint8Array(count);
  const logOdds = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const scored = scoreAccount(fitModel, (key) => columns.get(key)?.[row] ?? null);
    tier[row] = scored.tier;
    logOdds[row] = scored.levers.won === null ? 0 : logit(scored.levers.won);
    scored.hits.forEach(({ bin }, at) => {
      if (bin !== null) bins[at]!.bin[row] = placeOf[at]!.get(bin) ?? -1;
    });
  }
  return { ids: table.accountIds, touchedAt, tier, logOdds, criteria: bins };
}

/**
 * The table speaks of touched accounts and the watch of deals, which are won more often: a straight line through the deals
 * from before the watch takes the one to the other.
 */
function foretold(deals: readonly WatchedDeal[], since: Instant): WatchedDeal[] {
  const reference = deals.filter(({ closedAt }) => closedAt < since);
  const { intercept, slope } = affineCalibration(
    reference.map(({ won }) => (won ? 1 : 0)),
    reference.map(({ logOdds }) => logOdds),
    1,
  );
  return deals.map((deal) => ({ ...deal, logOdds: intercept + slope * deal.logOdds }));
}

function tierOneShare({ holds }: GroupOfRows, { tier }: TouchedRows): number | null {
  let all = 0;
  let inside = 0;
  tier.forEach((of, row) => {
    if (of !== 1) return;
    all += 1;
    if (holds(row)) inside += 1;
  });
  return all === 0 ? null : inside / all;
}

function traitsOf(rows: ScoredRows, book: Pick<WatchedBook, 'since' | 'until'>): WatchedTrait[] {
  const quarters = quartersBefore + Math.floor(watchedWeeks(book) / quarterWeeks);
  const quarterOf = rows.touchedAt.map(
    (at) => quartersBefore + Math.floor((at - book.since) / (quarterWeeks * weekMs)),
  );
  return rows.criteria.map(({ criterion, bin }) => {
    const counts = Array.from({ length: quarters }, () => new Array<number>(criterion.bins.length).fill(0));
    bin.forEach((at, row) => {
      const quarter = counts[quarterOf[row]!];
      if (at >= 0 && quarter !== undefined) quarter[at]! += 1;
    });
    return {
      key: criterion.key,
      label: criterion.label,
      bins: criterion.bins.map(({ label }) => label),
      quarters: counts,
    };
  });
}
