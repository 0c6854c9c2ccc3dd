import { sql } from 'drizzle-orm';
import { idOf } from '../../icp/crm-mapping/crm-values.ts';
import { rolesKept, rolesOf, withRoles } from '../../icp/crm-mapping/map-opportunity.ts';
import { latestDeals } from '../../store/latest-versions.ts';
import type { Store } from '../../store/store.ts';
import { writeRecords } from '../../store/write-records.ts';
import type { BegunSync } from './begin-sync.ts';
import { idsThere, requireFewMissing } from './hold-against.ts';
import { eachUsable, type ObjectReading, type Reading } from './object-reading.ts';
import type { ReadingPorts } from './read-objects.ts';

const object = 'OpportunityContactRole';
const pageSize = 5_000;

/** Who takes part in deals. */
export const readRoles: ObjectReading = {
  ...{ object, isOptional: true, needs: ['OpportunityId', 'ContactId'] },
  wanted: () => ['Id', 'OpportunityId', 'ContactId'],
  async read(tx, reading, records) {
    const { mapped, setAside } = eachUsable(records, (record) => ({
      dealId: idOf(record, 'OpportunityId'),
      role: `${idOf(record)}=${idOf(record, 'ContactId')}`,
    }));
    const byDeal = Map.groupBy(mapped, ({ dealId }) => dealId);
    const deals = await latestDeals(tx, reading, [...byDeal.keys()], { here: true });
    const changed = [...deals.values()].map((deal) => {
      const told = (byDeal.get(deal.id) ?? []).map(({ role }) => role);
      const ids = new Set(told.map(roleId));
      return withRoles(deal, [...rolesOf(deal).filter((role) => !ids.has(roleId(role))), ...new Set(told)]);
    });
    return { records: changed, setAside };
  },
};

const roleId = (role: string) => role.split('=')[0] ?? '';

/** Takes roles that were deleted out of their deals. */
export async function dropDeletedRoles(
  { store, crm, fence }: ReadingPorts,
  sync: BegunSync,
  reading: Reading,
  since: number,
): Promise<void> {
  for await (const page of crm.reader.deleted(object, since)) {
    const gone = new Set(page.map(({ id }) => id));
    await store.transaction(async (tx) => {
      await fence?.(tx);
      const rows = await tx.rows<{ id: string }>(sql`
        select distinct o.id from opportunities o, jsonb_array_elements_text(o.more -> ${rolesKept}) as role
        where o.book = ${reading.book} and o.more ? ${rolesKept}
          and split_part(role, '=', 1) in (select jsonb_array_elements_text(${JSON.stringify([...gone])}::jsonb))`);
      await dropRoles(tx, sync, reading, { deals: rows.map(({ id }) => id), gone });
    });
  }
}

/** Takes roles that the CRM has no more out of their deals. @throws {IcpError} `crm_shrunk` */
export async function dropMissingRoles(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  const there = await idsThere(ports, object);
  const gone = new Set<string>();
  const deals: string[] = [];
  let known = 0;
  for await (const ids of dealsWithRoles(ports.store, reading)) {
    for (const deal of (await latestDeals(ports.store, reading, ids, { here: true })).values()) {
      const roles = rolesOf(deal).map(roleId);
      const missing = roles.filter((id) => !there.has(id));
      known += roles.length;
      for (const id of missing) gone.add(id);
      if (missing.length > 0) deals.push(deal.id);
    }
  }
  requireFewMissing(object, { there: there.count, known, missing: gone.size });
  for (let from = 0; from < deals.length; from += pageSize)
    await ports.store.transaction(async (tx) => {
      await ports.fence?.(tx);
      await dropRoles(tx, sync, reading, { deals: deals.slice(from, from + pageSize), gone });
    });
}

async function dropRoles(
  tx: Store,
  { isFirst }: BegunSync,
  reading: Reading,
  { deals, gone }: { deals: readonly string[]; gone: ReadonlySet<string> },
): Promise<void> {
  const { book, importId } = reading;
  const left = [...(await latestDeals(tx, reading, deals, { here: true })).values()].map((deal) =>
    withRoles(
      deal,
      rolesOf(deal).filter((role) => !gone.has(roleId(role))),
    ),
  );
  await writeRecords(tx, { book, importId, isFirst, lastCounts: true }, left);
}

/** Ids of deals that somebody was ever known to take part in, in pages. */
async function* dealsWithRoles(store: Store, { book }: Reading): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows = await store.rows<{ id: string }>(sql`
      select distinct id from opportunities where book = ${book} and id > ${after} and more ? ${rolesKept}
      order by id limit ${pageSize}`);
    const last = rows.at(-1)?.id;
    if (last === undefined) return;
    yield rows.map(({ id }) => id);
    after = last;
  }
}
