import type { AccountHistory, Signal } from '../icp/history.ts';
import type { HistoryList } from './history-lists.ts';

/**
 * A chunk of histories as the database hands it over: each list as one text of JSON.
 *
 * It goes to a worker thread as it is and is unpacked there, which spares this one three quarters of the work.
 */
export interface PackedHistories {
  book: string;
  heads: readonly Pick<AccountHistory, 'id' | 'name' | 'domain' | 'ownerEmail'>[];
  /**
   * `items` are arrays: the account, then what `names` says. Where there are `shared` names, an array stands for many items that
   * have these in common: what the other names say of each is a list.
   */
  lists: { list: HistoryList; names: readonly string[]; shared?: readonly string[]; items: string }[];
}

const mostTexts = 10_000;

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
  for (const { list, names, shared, items } of lists) {
    const together = names.map((name) => shared?.includes(name) === true);
    const lone = shared === undefined ? -1 : together.indexOf(false);
    const known = new Map<unknown, unknown>();
    for (const [accountId, ...values] of JSON.parse(items) as [string, ...unknown[]][]) {
      // `historyLists` says which list holds which items, and the compiler has held its columns to their type.
      const into = histories.get(accountId)?.[list] as unknown[] | undefined;
      const many = lone < 0 ? 1 : (values[lone] as unknown[]).length;
      for (let nth = 0; nth < many; nth++) {
        const item: Record<string, unknown> = {};
        for (let at = 0; at < names.length; at++) {
          const value = lone < 0 || together[at] === true ? values[at] : (values[at] as unknown[])[nth];
          // Events say the same few things: a million times the same text is kept once.
          item[names[at]!] = lone >= 0 && typeof value === 'string' ? (known.get(value) ?? keep(known, value)) : value;
        }
        into?.push(item);
      }
    }
  }
  const unpacked = [...histories.values()];
  for (const { signals } of unpacked) signals.sort(inTime);
  return unpacked;
}

function keep(known: Map<unknown, unknown>, value: string): string {
  if (known.size < mostTexts) known.set(value, value);
  return value;
}

/** Signals in order of time; of those at one time always in the same order, whichever the database took. */
function inTime(a: Signal, b: Signal): number {
  return (
    a.observedAt - b.observedAt ||
    inLetters(a.kind, b.kind) ||
    inLetters(a.source, b.source) ||
    inLetters(a.text ?? '', b.text ?? '') ||
    (a.value ?? 0) - (b.value ?? 0)
  );
}

function inLetters(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
