import type { RecordOf } from '../records.ts';

type Customer = RecordOf<'customer'>;

/** What marks a row of customers as taken back by the CRM that brought it: readers leave it out. */
export const withdrawnMark = 'crm:withdrawn';

/** What is said of an account as a customer before a reading: the latest row of each first day, by who brought it. */
export interface SaidOfCustomer {
  /** Rows of the CRM itself. */
  own: readonly Customer[];
  /** Rows of other sources, as those said them last. */
  others: readonly Customer[];
  /** First days on which a row of the CRM stands in front of one of another source. */
  hidden: ReadonlySet<number>;
}

/**
 * The rows to be written of an account: what was derived, and what the CRM takes back of what it said before.
 *
 * What another source brought stays as it is. Where such a row covers a turn that was derived, nothing is said beside it; only
 * an end that it does not know of stands beside it, without a price, so that nothing is counted twice.
 */
export function settleCustomers(derived: readonly Customer[], { own, others, hidden }: SaidOfCustomer): Customer[] {
  const said: Customer[] = [];
  let toldEnd = Number.NEGATIVE_INFINITY;
  for (const turn of derived) {
    const covering = others.filter((row) => row.startedAt >= toldEnd && overlap(row, turn));
    if (covering.length === 0) said.push(turn);
    else if (turn.endedAt !== null && covering.every(({ endedAt }) => endedAt === null)) {
      said.push(besides(turn, covering));
      toldEnd = turn.endedAt;
    }
  }
  const starts = new Set([...said, ...others].map(({ startedAt }) => startedAt));
  return [
    ...said,
    ...others.filter(({ startedAt }) => hidden.has(startedAt)),
    ...own.filter(({ startedAt }) => !starts.has(startedAt)).map(withdrawn),
  ];
}

function overlap(one: Customer, other: Customer): boolean {
  const [oneEnd, otherEnd] = [one, other].map(({ endedAt }) => endedAt ?? Number.POSITIVE_INFINITY);
  return one.startedAt === other.startedAt || (one.startedAt < (otherEnd ?? 0) && other.startedAt < (oneEnd ?? 0));
}

/** Rows are known by when they start, so one that stands beside others starts behind them, by a millisecond. */
function besides(turn: Customer, covering: readonly Customer[]): Customer {
  const startedAt = Math.max(turn.startedAt, ...covering.map((row) => row.startedAt + 1));
  return { ...turn, startedAt, arr: covering.every(({ arr }) => arr === null) ? turn.arr : null };
}

/** Nothing that an earlier import brought is ever deleted: a later version says that it was none. */
function withdrawn(row: Customer): Customer {
  const nothing = { churnReason: null, renewalOn: null, arr: null };
  return { ...row, ...nothing, endedAt: row.startedAt, more: { [withdrawnMark]: true } };
}
