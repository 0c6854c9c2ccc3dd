import { setImmediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { assertNever } from '../errors.ts';
import type { AccountHistory } from '../icp/history.ts';
import { accountEventsAt, eventsLabel } from './company-events.ts';
import { type DepartureKind, hasDepartures, isHere, mergedAccounts } from './departures.ts';
import { bytesOfFolded } from './fold-histories.ts';
import { type ColumnForm, type HistoryList, historyLists } from './history-lists.ts';
import { keptHistoriesAt } from './kept-histories.ts';
import {
  foldLists,
  type ListedHistories,
  noInstant,
  noNumber,
  type PackedHistories,
  unpackHistories,
} from './packed-histories.ts';
import { accounts } from './schema/accounts.ts';
import type { Store } from './store.ts';

/** Accounts read at a time: a chunk of histories fits in memory whatever the size of the book. */
const chunkSize = 500;

interface Options {
  importId: number;
  accountIds?: readonly string[];
  /** Out of the tables, whatever is kept. */
  anew?: boolean;
}

/**
 * Everything known of a book's accounts, in account order, a chunk at a time, as an import left it.
 *
 * Later versions of a row win; rows of later or unfinished imports are not there, nor what had gone by then. What was heard of
 * an account that was merged into another counts for that one. Contacts are read for named accounts
 * only (`accountIds`): a score needs none of them.
 */
export async function* readHistories(store: Store, book: string, options: Options): AsyncGenerator<AccountHistory[]> {
  for await (const packed of readPackedHistories(store, book, options)) yield unpackHistories(packed);
}

/**
 * The same, packed.
 *
 * A whole book as of its latest import is worked out of the tables once, and kept as it is read; from then on it is read from
 * there, which takes a tenth of the time. The result is the same.
 */
export async function* readPackedHistories(
  store: Store,
  book: string,
  { importId, accountIds, anew = false }: Options,
): AsyncGenerator<PackedHistories> {
  if (accountIds?.length === 0) return;
  const recorded = await accountEventsAt(store, book, importId);
  const events = recorded.length === 0 ? {} : { events: recorded };
  if (anew || accountIds !== undefined) {
    for await (const { listed } of readLists(store, book, { importId, accountIds })) yield { ...listed, ...events };
    return;
  }
  const kept = await keptHistoriesAt(store, book, importId);
  let [nth, after] = [0, ''];
  for (let chunk = await kept.read(nth); chunk !== null; chunk = await kept.read(++nth)) {
    const { lastId, ...folded } = chunk;
    after = lastId;
    yield { ...folded, ...events };
  }
  const already = nth;
  for await (const { listed, lastId } of readLists(store, book, { importId, after })) {
    if (!kept.keeps) {
      yield { ...listed, ...events };
      continue;
    }
    const folded = bytesOfFolded(foldLists(listed));
    await kept.keep(nth++, { book, accounts: listed.heads.length, lastId, folded });
    yield { book, accounts: listed.heads.length, folded, ...events };
  }
  if (nth > already) await kept.finish();
}

/** The histories of a book after an account, or of some accounts, out of the tables, with the last account of each chunk. */
async function* readLists(
  store: Store,
  book: string,
  {
    importId,
    accountIds,
    after = '',
  }: { importId: number; accountIds?: readonly string[] | undefined; after?: string },
): AsyncGenerator<{ listed: ListedHistories; lastId: string }> {
  const versions = await hasVersions(store, book, importId);
  const departures = await hasDepartures(store, book, importId);
  const merged = departures ? await mergedAccounts(store, book, importId) : new Map<string, string>();
  for (let from = after; ; ) {
    const chosen = accountIds === undefined ? sql`id > ${from}` : sql`id > ${from} and id in ${[...accountIds]}`;
    const latest = sql`select distinct on (id) book, id, coalesce(name, id) as name, domain, owner_email as "ownerEmail", import_id
      from ${accounts} where book = ${book} and import_id <= ${importId} and ${chosen} order by id, import_id desc`;
    const heads = await store.rows<{ id: string; name: string; domain: string | null; ownerEmail: string | null }>(
      departures
        ? sql`select id, name, domain, "ownerEmail" from (${latest}) as latest
            where ${isHere('accounts', 'latest', importId)} order by id limit ${chunkSize}`
        : sql`select id, name, domain, "ownerEmail" from (${latest} limit ${chunkSize}) as latest`,
    );
    const ids = heads.map(({ id }) => id);
    const lastId = ids.at(-1);
    if (lastId === undefined) return;
    const lists: ListedHistories['lists'] = [];
    for (const list of Object.keys(historyLists) as HistoryList[]) {
      if (list === 'contacts' && accountIds === undefined) continue;
      const among = accountIds === undefined ? sql`between ${ids[0]} and ${lastId}` : sql`in ${ids}`;
      const items = await readList(store, list, { book, importId, among, versions, departures });
      // The embedded database answers without ever letting anybody else have a turn, and Slack waits three seconds at most.
      if (accountIds === undefined) await setImmediate();
      lists.push({ list, ...items });
    }
    const losers = merged.size === 0 ? [] : losersOf(merged, new Set(ids));
    if (losers.length > 0) lists.push(...(await readLosers(store, { book, importId, versions, departures }, losers)));
    yield { listed: { book, heads, lists }, lastId };
    if (heads.length < chunkSize) return;
    from = lastId;
  }
}

/** The items of a list column by column, each column as one text; one row is read far faster than many. */
async function readList(
  store: Store,
  list: HistoryList,
  from: { book: string; importId: number; among: ReturnType<typeof sql>; versions: boolean; departures: boolean },
): Promise<Omit<ListedHistories['lists'][number], 'list'>> {
  const { table, key, columns, where, order } = historyLists[list];
  const { book, importId } = from;
  const sameKey = sql.join(
    key.map((column) => sql`later.${sql.identifier(column)} = this.${sql.identifier(column)}`),
    sql` and `,
  );
  const superseded = sql`exists (select from ${table} later where later.book = this.book and ${sameKey}
    and later.import_id > this.import_id and later.import_id <= ${importId})`;
  const named = Object.entries(columns);
  const picked = named.map(([, { from }], at) => sql`${from} as ${columnName(at)}`);
  const packed = named.map(([, { form }], at) => sql`${packedAs(form, columnName(at))} as ${columnName(at)}`);
  const [row] = await store.rows<Record<string, string>>(sql`
    select coalesce(json_agg(account_id)::text, '[]') as account, ${sql.join(packed, sql`, `)} from (
      select account_id, ${sql.join(picked, sql`, `)}
      from ${table} this where book = ${book} and import_id <= ${importId} and account_id ${from.among}
      ${from.versions && key.length > 0 ? sql`and not ${superseded}` : sql``}
      ${where === undefined ? sql`` : sql`and ${where}`}
      ${from.departures && isDepartureKind(list) ? sql`and ${isHere(list, 'this', importId)}` : sql``}
      ${order === null ? sql`` : sql`order by account_id, ${order}`}
    ) as listed`);
  return {
    accounts: row?.account ?? '[]',
    columns: named.map(([name, { form }], at) => ({ name, form, items: row?.[`c${at}`] ?? '' })),
  };
}

function isDepartureKind(list: HistoryList): list is HistoryList & DepartureKind {
  return list === 'contacts' || list === 'leads' || list === 'opportunities';
}

/** Of the accounts that were merged away, those whose winner is among some, with that winner. */
function losersOf(merged: ReadonlyMap<string, string>, winners: ReadonlySet<string>): (readonly [string, string])[] {
  return [...merged].filter(([loser, winner]) => loser !== winner && winners.has(winner));
}

/** What was heard of accounts that were merged away, under the names of those that stand for them. */
async function readLosers(
  store: Store,
  from: { book: string; importId: number; versions: boolean; departures: boolean },
  losers: readonly (readonly [string, string])[],
): Promise<ListedHistories['lists']> {
  const winners = new Map(losers);
  const among = sql`in ${[...winners.keys()]}`;
  const lists: ListedHistories['lists'] = [];
  for (const list of ['signals', 'usage', 'leads'] as const) {
    const { accounts: packed, columns } = await readList(store, list, { ...from, among });
    const ids = (JSON.parse(packed) as string[]).map((id) => winners.get(id) ?? id);
    lists.push({ list, accounts: JSON.stringify(ids), columns });
  }
  return lists;
}

const columnName = (at: number) => sql.raw(`c${at}`);

/** A column as one text: see `ColumnForm`. */
function packedAs(form: ColumnForm, column: SQL): SQL {
  switch (form) {
    case 'instant':
      return eightBytesEach(sql`coalesce(timestamptz_send(${column}), decode(${noInstant}, 'hex'))`);
    case 'number':
      return eightBytesEach(sql`coalesce(float8send(${column}), decode(${noNumber}, 'hex'))`);
    case 'json':
      return sql`coalesce(json_agg(${column})::text, '[]')`;
    default:
      return assertNever(form);
  }
}

function eightBytesEach(bytes: SQL): SQL {
  return sql`coalesce(encode(string_agg(${bytes}, ''::bytea), 'hex'), '')`;
}

/** Whether more than one import has written rows to the book: after only one there are no earlier versions to leave out. */
async function hasVersions(store: Store, book: string, importId: number): Promise<boolean> {
  const [row] = await store.rows<{ n: number }>(
    sql`select count(*)::int as n from imports where book = ${book} and id <= ${importId} and label <> ${eventsLabel}`,
  );
  return (row?.n ?? 0) > 1;
}
