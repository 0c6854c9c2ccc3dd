import { and, desc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { KnownContact } from '../icp/leads/lead-person.ts';
import type { RecordOf } from '../icp/records.ts';
import { latestImport } from './books.ts';
import { isHere } from './departures.ts';
import { latestLeads } from './latest-versions.ts';
import { accounts, contacts } from './schema/accounts.ts';
import type { Store } from './store.ts';

/** A lead as its latest version has it, with the name and the owner of its account. */
export interface StoredLead extends Omit<RecordOf<'lead'>, 'kind'> {
  account: { name: string; ownerEmail: string | null } | null;
}

/** Some leads of a book as the last finished import left them; one that there is not is left out. */
export async function leadsNow(store: Store, book: string, ids: readonly string[]): Promise<StoredLead[]> {
  const importId = await latestImport(store, book);
  if (importId === null || ids.length === 0) return [];
  const found = [...(await latestLeads(store, { book, importId }, ids, { here: true })).values()];
  const heads = await headsOf(
    store,
    book,
    importId,
    found.flatMap(({ accountId }) => accountId ?? []),
  );
  return found.map(({ kind: _, ...lead }) => ({
    ...lead,
    account: lead.accountId === null ? null : (heads.get(lead.accountId) ?? { name: lead.accountId, ownerEmail: null }),
  }));
}

async function headsOf(
  store: Store,
  book: string,
  importId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string; ownerEmail: string | null }>> {
  if (ids.length === 0) return new Map();
  const { id, name, ownerEmail } = accounts;
  const rows = await store.db
    .selectDistinctOn([id], { id, name, ownerEmail })
    .from(accounts)
    .where(and(eq(accounts.book, book), lte(accounts.importId, importId), inArray(id, [...ids])))
    .orderBy(id, desc(accounts.importId));
  return new Map(rows.map((row) => [row.id, { name: row.name ?? row.id, ownerEmail: row.ownerEmail }]));
}

/** Which open leads are wanted. */
export interface OpenLeadsWanted {
  /** Address of the lead's owner, or of the account's where the lead has none. */
  owner?: string;
  /** Only those that no import up to this one has brought. */
  newSince?: number;
  /** Only those that were made after this instant. */
  madeAfter?: number;
  /** Only those that were never posted. */
  notPosted?: boolean;
  limit: number;
}

/** Leads that nobody has answered, the best score first, those without a score last; and how many there are in all. */
export async function openLeads(
  store: Store,
  book: string,
  { owner, newSince, madeAfter, notPosted = false, limit }: OpenLeadsWanted,
): Promise<{ ids: string[]; total: number }> {
  const importId = await latestImport(store, book);
  if (importId === null) return { ids: [], total: 0 };
  const ownerOf = sql`coalesce(l.owner_email, (select a.owner_email from accounts a
    where a.book = l.book and a.id = l.account_id and a.import_id <= ${importId} order by a.import_id desc limit 1))`;
  const wanted: SQL[] = [
    ...(owner === undefined ? [] : [sql`lower(${ownerOf}) = ${owner.toLowerCase()}`]),
    ...(newSince === undefined
      ? []
      : [
          sql`not exists (select from leads earlier where earlier.book = l.book and earlier.id = l.id and earlier.import_id <= ${newSince})`,
        ]),
    ...(madeAfter === undefined ? [] : [sql`l.created_at > ${new Date(madeAfter).toISOString()}::timestamptz`]),
    ...(notPosted ? [sql`not exists (select from lead_cards c where c.book = l.book and c.lead_id = l.id)`] : []),
  ];
  const rows = await store.rows<{ id: string; total: number }>(sql`
    select l.id, (count(*) over ())::int as total from leads l
    left join scores s on s.book = l.book and s.account_id = l.account_id
    where l.book = ${book} and l.status = 'open' and l.import_id <= ${importId} and ${isHere('leads', 'l', importId)}
      and not exists (select from leads later where later.book = l.book and later.id = l.id
        and later.import_id > l.import_id and later.import_id <= ${importId})
      and not exists (select from lead_answers a where a.book = l.book and a.lead_id = l.id and a.undone_at is null)
      ${sql.join(
        wanted.map((each) => sql`and ${each}`),
        sql` `,
      )}
    order by s.score desc nulls last, l.created_at desc nulls last, l.id collate "C" limit ${limit}`);
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
}

/** How many leads a book has, open or not. */
export async function countLeads(store: Store, book: string): Promise<number> {
  const [row] = await store.rows<{ n: number }>(
    sql`select count(distinct id)::int as n from leads where book = ${book}`,
  );
  return row?.n ?? 0;
}

/** What leads of a book are turned down for, the most frequent first. What was added to a kind of reason does not part it. */
export async function rejectReasonsOf(store: Store, book: string, most: number): Promise<string[]> {
  const rows = await store.rows<{ reason: string }>(sql`
    select min(split_part(reject_reason, ': ', 1)) as reason from leads
    where book = ${book} and status = 'rejected' and reject_reason is not null
    group by lower(split_part(reject_reason, ': ', 1)) order by count(*) desc, 1 limit ${most}`);
  return rows.map(({ reason }) => reason);
}

/** The people at some accounts, by account, as the last finished import left them. */
export async function contactsAt(
  store: Store,
  book: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, KnownContact[]>> {
  const importId = await latestImport(store, book);
  if (importId === null || accountIds.length === 0) return new Map();
  const rows = await store.db
    .selectDistinctOn([contacts.id])
    .from(contacts)
    .where(
      and(
        eq(contacts.book, book),
        lte(contacts.importId, importId),
        inArray(contacts.accountId, [...accountIds]),
        isHere('contacts', 'contacts', importId),
      ),
    )
    .orderBy(contacts.id, desc(contacts.importId));
  const found = new Map<string, KnownContact[]>();
  for (const { accountId, id, email, title, seniority, more } of rows) {
    const contact = { id, email, title, seniority, more };
    if (accountId !== null) found.set(accountId, [...(found.get(accountId) ?? []), contact]);
  }
  return found;
}

/** Accounts of which a lead was taken on since an instant, the latest first. */
export async function takenAccounts(
  store: Store,
  book: string,
  { importId, since, most }: { importId: number; since: number; most: number },
): Promise<string[]> {
  const rows = await store.rows<{ id: string }>(sql`
    select l.account_id as id from leads l
    where l.book = ${book} and l.status = 'accepted' and l.import_id <= ${importId} and l.account_id is not null
      and ${isHere('leads', 'l', importId)}
      and coalesce(l.decided_at, l.created_at) > ${new Date(since).toISOString()}::timestamptz
      and not exists (select from leads later where later.book = l.book and later.id = l.id
        and later.import_id > l.import_id and later.import_id <= ${importId})
    group by l.account_id order by max(coalesce(l.decided_at, l.created_at)) desc, l.account_id collate "C" limit ${most}`);
  return rows.map(({ id }) => id);
}
