import type { AccountHistory } from '../icp/history.ts';
import type { HistoryList } from './history-lists.ts';

/**
 * A chunk of histories as the database hands it over: each list as one text of JSON.
 *
 * It goes to a worker thread as it is and is unpacked there, which spares this one three quarters of the work.
 */
export interface PackedHistories {
  book: string;
  heads: readonly Pick<AccountHistory, 'id' | 'name' | 'domain' | 'ownerEmail'>[];
  /** `items` are arrays: the account, then what `names` says. */
  lists: { list: HistoryList; names: readonly string[]; items: string }[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** Turns a packed chunk into histories. Knows nothing of a database, so that a worker thread need not load one. */
export function unpackHistories({ book, heads, lists }: PackedHistories): AccountHistory[] {
  const histories = new Map<string, Mutable<AccountHistory>>();
  for (const { id, name, domain, ownerEmail } of heads) {
    histories.set(id, {
      ...{ book, id, name, domain, ownerEmail, observations: [], outcomes: [], leads: [], opportunities: [] },
      ...{ customers: [], signals: [], usage: [], contacts: [] },
    });
  }
  for (const { list, names, items } of lists) {
    for (const [accountId, ...values] of JSON.parse(items) as [string, ...unknown[]][]) {
      const item: Record<string, unknown> = {};
      for (const [at, name] of names.entries()) item[name] = values[at];
      // `historyLists` says which list holds which items, and the compiler has held its columns to their type.
      (histories.get(accountId)?.[list] as unknown[] | undefined)?.push(item);
    }
  }
  return [...histories.values()];
}
