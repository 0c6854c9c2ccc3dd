import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { scoreAccount } from '../score-account.ts';
import type { Instant } from '../types.ts';
import { type ClosedDeal, foretellDeals } from './foretell-deals.ts';
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
  const closed = set.accounts.flatMap((account) => firstDealOf(account));
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

  const ofRows = closed
    .flatMap(({ account, at, won }): ClosedDeal[] => {
      const row = rowOf.get(account);
      return row === undefined ? [] : [{ row, closedAt: at, won }];
    })
    .sort((a, b) => a.closedAt - b.closedAt || a.row - b.row);
  const logOdds = foretellDeals(ofRows, rows.criteria, start);
  const deals = ofRows.map(
    ({ row, closedAt, won }, at): WatchedDeal => ({ closedAt, won, logOdds: logOdds[at]!, groups: placesOf(row) }),
  );
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
    ...{ deals, customers },
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

/** The first closed deal for new business: who said no and is asked again is another case, and there are ever more of them. */
function firstDealOf({ id, deals }: AccountFacts): { account: string; at: Instant; won: boolean }[] {
  const closed = deals.flatMap(({ type, outcome, closedAt }) =>
    type === 'new' && outcome !== 'open' && closedAt !== null ? [{ at: closedAt, won: outcome === 'won' }] : [],
  );
  const [first] = closed.sort((a, b) => a.at - b.at);
  return first === undefined ? [] : [{ account: id, ...first }];
}

interface ScoredRows extends TouchedRows {
  touchedAt: readonly Instant[];
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
  for (let row = 0; row < count; row++) {
    const scored = scoreAccount(fitModel, (key) => columns.get(key)?.[row] ?? null);
    tier[row] = scored.tier;
    scored.hits.forEach(({ bin }, at) => {
      if (bin !== null) bins[at]!.bin[row] = placeOf[at]!.get(bin) ?? -1;
    });
  }
  return { ids: table.accountIds, touchedAt, tier, criteria: bins };
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
