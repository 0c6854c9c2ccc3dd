import { sql } from 'drizzle-orm';
import { parseCrmInstant } from '../../icp/crm-mapping/crm-values.ts';
import { type CrmTerm, deriveCustomers } from '../../icp/crm-mapping/derive-customers.ts';
import { crmSource } from '../../icp/crm-mapping/map-account.ts';
import { settleCustomers } from '../../icp/crm-mapping/settle-customers.ts';
import type { RecordOf } from '../../icp/records.ts';
import type { FieldValue } from '../../icp/types.ts';
import { customersSaidOf, dealsOfAccounts, saidBySources, saidOfAccounts } from '../../store/latest-versions.ts';
import type { Store } from '../../store/store.ts';
import { writeRecords } from '../../store/write-records.ts';
import type { BegunSync } from './begin-sync.ts';
import type { Reading } from './object-reading.ts';
import type { ReadingPorts } from './read-objects.ts';
import { termFields, termObjects, termSource } from './read-terms.ts';

/** Accounts of one transaction, and those that are looked up at once: looking them up takes a pass over everything. */
const pageSize = 2_000;
const lookedUp = 20_000;

/**
 * Works out anew who is a customer, of the accounts that something was read of, and of those whose renewal has passed.
 *
 * What a customer is follows from all of its deals, contracts and fields at once, so this comes when all of them are read.
 */
export async function deriveCustomersOf(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  let after = '';
  for (;;) {
    const ids = await concerned(ports.store, sync, reading, after);
    for (let from = 0; from < ids.length; from += pageSize) {
      const some = ids.slice(from, from + pageSize);
      await ports.store.transaction(async (tx) => {
        await ports.fence?.(tx);
        const into = { book: reading.book, importId: reading.importId, isFirst: sync.isFirst, lastCounts: true };
        await writeRecords(tx, into, await customersOf(tx, sync, reading, some));
      });
      ports.fault?.('sync customers kept');
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < lookedUp) return;
    after = last;
  }
}

async function concerned(
  store: Store,
  { lastSync, own }: BegunSync,
  { book, importId, now }: Reading,
  after: string,
): Promise<string[]> {
  const passed = new Date(now).toISOString();
  const rows = await store.rows<{ id: string }>(sql`
    select id from (
      select account_id as id from opportunities where book = ${book} and import_id = ${importId}::int and account_id > ${after}
      union select earlier.account_id from opportunities this join opportunities earlier on earlier.book = this.book
        and earlier.id = this.id and earlier.import_id < this.import_id
        where this.book = ${book} and this.import_id = ${importId}::int and earlier.account_id > ${after}
      union select account_id from observations where book = ${book} and import_id = ${importId}::int and account_id > ${after}
        and (source <> ${crmSource} or account_id in (select account_id from customers where book = ${book}))
      union select account_id from customers where book = ${book} and ended_at is null and account_id > ${after}
        and renewal_on < ${passed}::timestamptz
      union select account_id from customers where book = ${book} and account_id > ${after} and import_id in (
        select id from imports where book = ${book} and id > ${lastSync}::int and not starts_with(content_hash, ${own}))
      union select o.account_id from departures d join opportunities o on o.book = d.book and o.id = d.id
        where d.book = ${book} and d.kind = 'opportunities' and d.import_id = ${importId}::int and o.account_id > ${after}
    ) as concerned order by id limit ${lookedUp}`);
  return rows.map(({ id }) => id);
}

async function customersOf(
  tx: Store,
  sync: BegunSync,
  reading: Reading,
  ids: readonly string[],
): Promise<RecordOf<'customer'>[]> {
  const deals = await dealsOfAccounts(tx, reading, ids);
  const said = await saidOfAccounts(tx, reading, ids, crmSource);
  const held: Awaited<ReturnType<typeof saidBySources>>[] = [];
  for (const object of termObjects(reading)) held.push(await saidBySources(tx, reading, ids, `${termSource[object]} `));
  const before = await customersSaidOf(tx, reading, ids, sync.own);
  return ids.flatMap((id) => {
    const terms = held.flatMap((values) => values.get(id) ?? []).flatMap(asTerm);
    const known = before.get(id) ?? { own: [], others: [], hidden: new Set<number>() };
    const ended = known.others.flatMap(({ endedAt, churnReason }) =>
      endedAt === null ? [] : [{ at: endedAt, reason: churnReason }],
    );
    const from = { deals: deals.get(id) ?? [], terms, account: said.get(id)?.standing ?? {}, ended };
    return settleCustomers(deriveCustomers(id, from, reading.mapping, reading.now), known);
  });
}

function asTerm(values: Readonly<Record<string, FieldValue>>): CrmTerm[] {
  const day = (field: string) => (typeof values[field] === 'string' ? parseCrmInstant(values[field]) : null);
  const endsAt = day(termFields.end);
  return endsAt === null ? [] : [{ startedAt: day(termFields.start), endsAt }];
}
