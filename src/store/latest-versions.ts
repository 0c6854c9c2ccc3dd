import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { SaidOfCustomer } from '../icp/crm-mapping/settle-customers.ts';
import type { RecordOf } from '../icp/records.ts';
import type { FieldValue } from '../icp/types.ts';
import { isHere } from './departures.ts';
import { instantOf } from './instants.ts';
import { imports } from './schema/imports.ts';
import { customers, leads, opportunities } from './schema/outcomes.ts';
import type { Store } from './store.ts';

type CustomerRow = RecordOf<'customer'>;

/** What is seen: a book up to an import, running or finished. */
interface UpTo {
  book: string;
  importId: number;
}

/** The latest versions of some leads, by id; `here` leaves out those that are gone. */
export async function latestLeads(
  store: Store,
  { book, importId }: UpTo,
  ids: readonly string[],
  { here }: { here: boolean },
): Promise<ReadonlyMap<string, RecordOf<'lead'>>> {
  if (ids.length === 0) return new Map();
  const rows = await store.db
    .selectDistinctOn([leads.id])
    .from(leads)
    .where(
      and(
        eq(leads.book, book),
        lte(leads.importId, importId),
        inArray(leads.id, [...ids]),
        here ? isHere('leads', 'leads', importId) : undefined,
      ),
    )
    .orderBy(leads.id, desc(leads.importId));
  return new Map(
    rows.map(({ book: _, importId: __, digest: ___, createdAt, decidedAt, ...lead }) => [
      lead.id,
      { kind: 'lead', ...lead, createdAt: msOf(createdAt), decidedAt: msOf(decidedAt) },
    ]),
  );
}

/** The latest versions of some deals, by id; `here` leaves out those that are gone. */
export async function latestDeals(
  store: Store,
  { book, importId }: UpTo,
  ids: readonly string[],
  { here }: { here: boolean },
): Promise<ReadonlyMap<string, RecordOf<'opportunity'>>> {
  if (ids.length === 0) return new Map();
  const rows = await store.db
    .selectDistinctOn([opportunities.id])
    .from(opportunities)
    .where(
      and(
        eq(opportunities.book, book),
        lte(opportunities.importId, importId),
        inArray(opportunities.id, [...ids]),
        here ? isHere('opportunities', 'opportunities', importId) : undefined,
      ),
    )
    .orderBy(opportunities.id, desc(opportunities.importId));
  return new Map(rows.map((row) => [row.id, asDeal(row)]));
}

/** The latest versions of the deals of some accounts that are there, by account. */
export async function dealsOfAccounts(
  store: Store,
  { book, importId }: UpTo,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, RecordOf<'opportunity'>[]>> {
  const found = new Map<string, RecordOf<'opportunity'>[]>();
  if (accountIds.length === 0) return found;
  const rows = await store.db
    .select()
    .from(opportunities)
    .where(
      and(
        eq(opportunities.book, book),
        lte(opportunities.importId, importId),
        inArray(opportunities.accountId, [...accountIds]),
        sql`not exists (select from opportunities later where later.book = ${book} and later.id = ${opportunities.id}
          and later.import_id > ${opportunities.importId} and later.import_id <= ${importId}::int)`,
        isHere('opportunities', 'opportunities', importId),
      ),
    )
    .orderBy(opportunities.id);
  for (const row of rows) {
    if (row.accountId === null) continue;
    const list = found.get(row.accountId);
    if (list === undefined) found.set(row.accountId, [asDeal(row)]);
    else list.push(asDeal(row));
  }
  return found;
}

/**
 * What is said of some accounts as customers, by account: the latest version of each row, of one CRM and of all else apart.
 *
 * @param own how the content of the imports of that CRM begins
 */
export async function customersSaidOf(
  store: Store,
  { book, importId }: UpTo,
  accountIds: readonly string[],
  own: string,
): Promise<ReadonlyMap<string, SaidOfCustomer>> {
  const found = new Map<string, { own: CustomerRow[]; others: CustomerRow[]; hidden: Set<number> }>();
  if (accountIds.length === 0) return found;
  const rows = await store.db
    .select({ row: customers, isOwn: sql<boolean>`starts_with(${imports.contentHash}, ${own})` })
    .from(customers)
    .innerJoin(imports, eq(imports.id, customers.importId))
    .where(
      and(eq(customers.book, book), lte(customers.importId, importId), inArray(customers.accountId, [...accountIds])),
    )
    .orderBy(customers.accountId, customers.startedAt, customers.importId);
  for (const { row, isOwn } of rows) {
    const { book: _, importId: __, digest: ___, startedAt, endedAt, renewalOn, ...rest } = row;
    const start = startedAt.getTime();
    const dates = { startedAt: start, endedAt: msOf(endedAt), renewalOn: msOf(renewalOn) };
    const said = found.get(rest.accountId) ?? { own: [], others: [], hidden: new Set() };
    found.set(rest.accountId, said);
    const list = isOwn ? said.own : said.others;
    // Versions of a row come one after another.
    if (list.at(-1)?.startedAt === start) list.pop();
    list.push({ ...rest, ...dates, kind: 'customer' });
    if (isOwn && said.others.at(-1)?.startedAt === start) said.hidden.add(start);
    else said.hidden.delete(start);
  }
  return found;
}

/** What one source has said of an account: its undated values, and every field as it stands by the latest date. */
export interface SaidOfAccount {
  undated: Readonly<Record<string, FieldValue>>;
  standing: Readonly<Record<string, FieldValue>>;
  /** Fields of which a dated value is known. */
  dated: ReadonlySet<string>;
}

/** What a source has said of some accounts, by account. */
export async function saidOfAccounts(
  store: Store,
  { book, importId }: UpTo,
  accountIds: readonly string[],
  source: string,
): Promise<ReadonlyMap<string, SaidOfAccount>> {
  if (accountIds.length === 0) return new Map();
  const rows = await store.rows<{ id: string; at: number | null; values: Record<string, FieldValue> }>(sql`
    select account_id as id, ${instantOf(sql.raw('observed_at'))} as at, "values" from (
      select distinct on (account_id, slot) account_id, slot, observed_at, "values", source from observations
      where book = ${book} and import_id <= ${importId}::int and account_id in ${[...accountIds]}
      order by account_id, slot, import_id desc
    ) as latest where source = ${source} order by account_id, observed_at nulls first, slot`);
  const found = new Map<
    string,
    { undated: Record<string, FieldValue>; standing: Record<string, FieldValue>; dated: Set<string> }
  >();
  for (const { id, at, values } of rows) {
    const said = found.get(id) ?? { undated: {}, standing: {}, dated: new Set() };
    found.set(id, said);
    Object.assign(said.standing, values);
    if (at === null) Object.assign(said.undated, values);
    else for (const field of Object.keys(values)) said.dated.add(field);
  }
  return found;
}

/** Values of sources whose name begins like this, each source's together, by account: contracts are such sources. */
export async function saidBySources(
  store: Store,
  { book, importId }: UpTo,
  accountIds: readonly string[],
  beginning: string,
): Promise<ReadonlyMap<string, Readonly<Record<string, FieldValue>>[]>> {
  const found = new Map<string, Readonly<Record<string, FieldValue>>[]>();
  if (accountIds.length === 0) return found;
  const rows = await store.rows<{ id: string; values: Record<string, FieldValue> }>(sql`
    select distinct on (account_id, slot) account_id as id, "values" from observations
    where book = ${book} and import_id <= ${importId}::int and account_id in ${[...accountIds]}
      and starts_with(source, ${beginning})
    order by account_id, slot, import_id desc`);
  for (const { id, values } of rows) found.set(id, [...(found.get(id) ?? []), values]);
  return found;
}

/** The accounts of which sources whose name begins like this say a field by their latest version, by source. */
export async function holdersOfSources(
  store: Store,
  { book, importId }: UpTo,
  beginning: string,
  field: string,
): Promise<Map<string, readonly string[]>> {
  const rows = await store.rows<{ id: string; source: string }>(sql`
    select account_id as id, source from (
      select distinct on (account_id, slot) account_id, slot, source, "values" ->> ${field} as said from observations
      where book = ${book} and import_id <= ${importId}::int and starts_with(source, ${beginning})
      order by account_id, slot, import_id desc
    ) as latest where said is not null order by account_id`);
  const found = new Map<string, readonly string[]>();
  for (const { id, source } of rows) found.set(source, [...(found.get(source) ?? []), id]);
  return found;
}

function asDeal({
  book: _,
  importId: __,
  digest: ___,
  ...row
}: typeof opportunities.$inferSelect): RecordOf<'opportunity'> {
  const { createdAt, closedAt, closeDate } = row;
  return {
    ...{ kind: 'opportunity', ...row },
    ...{ createdAt: msOf(createdAt), closedAt: msOf(closedAt), closeDate: msOf(closeDate) },
  };
}

function msOf(at: Date | null): number | null {
  return at?.getTime() ?? null;
}
