import type { AccountEvent, AccountHistory, Signal } from '../icp/history.ts';
import { accountHashes } from './account-hashes.ts';
import { type FoldedHistories, foldedFromBytes, foldHistories, unfoldHistories } from './fold-histories.ts';
import type { ColumnForm, HistoryList } from './history-lists.ts';

/** A chunk of histories on its way to a worker thread, which unpacks it and so spares this one most of the work. */
export type PackedHistories = ListedHistories | FoldedBytes;

/** A chunk as it was kept: see `bytesOfFolded`. */
export interface FoldedBytes {
  book: string;
  accounts: number;
  folded: Uint8Array;
  events?: HistoryEvents;
}

/** What people recorded of accounts; few, and absent where there is nothing. */
type HistoryEvents = readonly (AccountEvent & { accountId: string })[];

/** A chunk as the database hands it over: each column of each list as one text. */
export interface ListedHistories {
  book: string;
  heads: readonly Pick<AccountHistory, 'id' | 'name' | 'domain' | 'ownerEmail'>[];
  events?: HistoryEvents;
  lists: {
    list: HistoryList;
    /** The account of each item, as JSON. */
    accounts: string;
    /**
     * The rest of each item. Of the form `json`: one JSON array. `instant` and `number`: eight bytes an item in hexadecimal,
     * the highest first; microseconds since 2000, or a double.
     */
    columns: { name: string; form: ColumnForm; items: string }[];
  }[];
}

/** What stands for nothing among instants (the least of all whole numbers) and among numbers (no number). */
export const noInstant = '8000000000000000';
export const noNumber = '7ff8000000000000';

const mostTexts = 10_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** How many accounts a packed chunk holds. */
export function accountsIn(packed: PackedHistories): number {
  return 'folded' in packed ? packed.accounts : packed.heads.length;
}

/** Turns a packed chunk into histories. Knows nothing of a database, so that a worker thread need not load one. */
export function unpackHistories(packed: PackedHistories): AccountHistory[] {
  return 'folded' in packed ? unfoldHistories(foldedOf(packed)) : withEvents(unpackLists(packed), packed.events);
}

/** The same with signals in columns, as a thread holds it for further passes. */
export function foldedOf(packed: PackedHistories): FoldedHistories {
  if (!('folded' in packed)) return foldHistories(unpackHistories(packed));
  const folded = foldedFromBytes(packed.folded);
  return { ...folded, quiet: withEvents(folded.quiet, packed.events) };
}

/** A chunk as the database hands it over, without what people recorded, as it is kept: with the hash of each account. */
export function foldLists(listed: ListedHistories): FoldedHistories {
  const folded = foldHistories(unpackLists(listed));
  return { ...folded, hashes: accountHashes(folded) };
}

function withEvents<History extends Pick<AccountHistory, 'id' | 'events'>>(
  histories: readonly History[],
  events: HistoryEvents = [],
): History[] {
  const own = Map.groupBy(events, ({ accountId }) => accountId);
  return histories.map((history) => {
    const recorded = own.get(history.id);
    if (recorded === undefined) return history;
    return { ...history, events: recorded.map(({ accountId: _, ...event }) => event) };
  });
}

function unpackLists({ book, heads, lists }: ListedHistories): AccountHistory[] {
  const histories = new Map<string, Mutable<AccountHistory>>();
  for (const { id, name, domain, ownerEmail } of heads) {
    histories.set(id, {
      ...{ book, id, name, domain, ownerEmail, observations: [], outcomes: [], leads: [], opportunities: [] },
      ...{ customers: [], signals: [], usage: [], contacts: [] },
    });
  }
  for (const { list, accounts: packed, columns } of lists) {
    const accounts = JSON.parse(packed) as string[];
    const named = new Map(columns.map(({ name, form, items }) => [name, readerOf(form, items)]));
    if (list === 'signals') {
      unpackSignals(accounts, named, histories);
      continue;
    }
    const names = [...named.keys()];
    const values = [...named.values()];
    for (let nth = 0; nth < accounts.length; nth++) {
      // `historyLists` says which list holds which items, and the compiler has held its columns to their type.
      const into = histories.get(accounts[nth]!)?.[list] as unknown[] | undefined;
      const item: Record<string, unknown> = {};
      for (let at = 0; at < names.length; at++) item[names[at]!] = values[at]!(nth);
      into?.push(item);
    }
  }
  const unpacked = [...histories.values()];
  for (const { signals } of unpacked) signals.sort(inTime);
  // Of an account that was merged into another, what was heard comes as a list of its own.
  if (lists.filter(({ list }) => list === 'usage').length > 1)
    for (const { usage } of unpacked)
      usage.sort((a, b) => a.periodStart - b.periodStart || inLetters(a.metric, b.metric));
  return unpacked;
}

/** Signals are millions: each is written out as one shape, and equal texts are kept once. */
function unpackSignals(
  accounts: readonly string[],
  columns: ReadonlyMap<string, (nth: number) => unknown>,
  histories: ReadonlyMap<string, Pick<Mutable<AccountHistory>, 'signals'>>,
): void {
  const column = (name: keyof Signal) => columns.get(name) ?? (() => null);
  const kindOf = column('kind') as (nth: number) => string;
  const sourceOf = column('source') as (nth: number) => string;
  const timeOf = column('observedAt') as (nth: number) => number;
  const amountOf = column('value') as (nth: number) => number | null;
  const textOf = column('text') as (nth: number) => string | null;
  const known = new Map<string, string>();
  const keep = (text: string): string => {
    const same = known.get(text);
    if (same === undefined && known.size < mostTexts) known.set(text, text);
    return same ?? text;
  };
  // Those of an account and of a kind mostly follow one another.
  let [account, kind, source] = ['', '', ''];
  let into = histories.get(account)?.signals;
  for (let nth = 0; nth < accounts.length; nth++) {
    if (accounts[nth] !== account) {
      account = accounts[nth]!;
      into = histories.get(account)?.signals;
    }
    if (kindOf(nth) !== kind) kind = keep(kindOf(nth));
    if (sourceOf(nth) !== source) source = keep(sourceOf(nth));
    const text = textOf(nth);
    into?.push({
      kind,
      observedAt: timeOf(nth),
      value: amountOf(nth),
      source,
      text: text === null ? null : keep(text),
    });
  }
}

/** Gives the value of the nth item of a column. */
function readerOf(form: ColumnForm, items: string): (nth: number) => unknown {
  if (form === 'json') {
    const values = JSON.parse(items) as unknown[];
    return (nth) => values[nth];
  }
  const bytes = Buffer.from(items, 'hex');
  return form === 'instant' ? (nth) => instantAt(bytes, 8 * nth) : (nth) => numberAt(bytes, 8 * nth);
}

const startOf2000 = Date.UTC(2000, 0, 1);

/** An instant from eight bytes of microseconds since 2000. */
function instantAt(bytes: Buffer, at: number): number | null {
  const high = bytes.readInt32BE(at);
  return high === -(2 ** 31) ? null : startOf2000 + Math.round((high * 2 ** 32 + bytes.readUInt32BE(at + 4)) / 1000);
}

function numberAt(bytes: Buffer, at: number): number | null {
  const value = bytes.readDoubleBE(at);
  return Number.isNaN(value) ? null : value;
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
