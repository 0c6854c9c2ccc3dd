import type { AccountEvent, AccountHistory, Signal } from '../icp/history.ts';
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
   * `items` are arrays: the account, then what `names` says. An array of signals stands for many that have kind and source in
   * common: times are one text of eight bytes each, in hexadecimal, microseconds since 2000; values and texts are lists, or
   * `null` where none has any.
   */
  lists: { list: HistoryList; names: readonly string[]; items: string }[];
  /** What people recorded of accounts; few, and absent where there is nothing. */
  events?: readonly (AccountEvent & { accountId: string })[];
}

const mostTexts = 10_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** Turns a packed chunk into histories. Knows nothing of a database, so that a worker thread need not load one. */
export function unpackHistories({ book, heads, lists, events = [] }: PackedHistories): AccountHistory[] {
  const histories = new Map<string, Mutable<AccountHistory>>();
  for (const { id, name, domain, ownerEmail } of heads) {
    histories.set(id, {
      ...{ book, id, name, domain, ownerEmail, observations: [], outcomes: [], leads: [], opportunities: [] },
      ...{ customers: [], signals: [], usage: [], contacts: [] },
    });
  }
  for (const { list, names, items } of lists) {
    const rows = JSON.parse(items) as [string, ...unknown[]][];
    if (list === 'signals') {
      unpackSignals(rows, names, histories);
      continue;
    }
    for (const row of rows) {
      // `historyLists` says which list holds which items, and the compiler has held its columns to their type.
      const into = histories.get(row[0])?.[list] as unknown[] | undefined;
      const item: Record<string, unknown> = {};
      for (let at = 0; at < names.length; at++) item[names[at]!] = row[at + 1];
      into?.push(item);
    }
  }
  for (const { accountId, ...event } of events) {
    const into = histories.get(accountId);
    if (into !== undefined) into.events = [...(into.events ?? []), event];
  }
  const unpacked = [...histories.values()];
  for (const { signals } of unpacked) signals.sort(inTime);
  return unpacked;
}

/** Signals are millions: each is written out as one shape, and equal texts are kept once. */
function unpackSignals(
  rows: readonly (readonly unknown[])[],
  names: readonly string[],
  histories: ReadonlyMap<string, Pick<Mutable<AccountHistory>, 'signals'>>,
): void {
  const place = (name: keyof Signal): number => 1 + names.indexOf(name);
  const [kinds, sources, times] = [place('kind'), place('source'), place('observedAt')];
  const [values, texts] = [place('value'), place('text')];
  const known = new Map<string, string>();
  const keep = (text: string): string => {
    const same = known.get(text);
    if (same === undefined && known.size < mostTexts) known.set(text, text);
    return same ?? text;
  };
  for (const row of rows) {
    const into = histories.get(row[0] as string)?.signals;
    if (into === undefined) continue;
    const kind = keep(row[kinds] as string);
    const source = keep(row[sources] as string);
    const observed = Buffer.from(row[times] as string, 'hex');
    const valued = row[values] as (number | null)[] | null;
    const said = row[texts] as (string | null)[] | null;
    for (let nth = 0; 8 * nth < observed.length; nth++) {
      const text = said?.[nth] ?? null;
      into.push({
        kind,
        observedAt: instantAt(observed, 8 * nth),
        value: valued?.[nth] ?? null,
        source,
        text: text === null ? null : keep(text),
      });
    }
  }
}

const startOf2000 = Date.UTC(2000, 0, 1);

/** An instant from eight bytes of microseconds since 2000. */
function instantAt(bytes: Buffer, at: number): number {
  return startOf2000 + Math.round((bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)) / 1000);
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
