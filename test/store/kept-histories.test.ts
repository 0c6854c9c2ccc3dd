import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import type { BundleRecord } from '../../src/icp/records.ts';
import { addEvent, beginEvents } from '../../src/store/company-events.ts';
import { readHistories, readPackedHistories } from '../../src/store/histories.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { historiesAt, importRecords, sourceOf } from '../support/records.ts';

/** More accounts than two chunks hold, each with signals of its own. */
const many = 1_100;
const book = (from: number, visits: number): BundleRecord[] =>
  Array.from({ length: many }, (_, nth) => String(from + nth).padStart(5, '0')).flatMap((id, nth) => [
    {
      ...{ kind: 'account', id, name: `Name ${id}`, domain: `${id}.example`, ownerEmail: null, observedAt: null },
      ...{ source: 'import', values: { employees: nth, sector: nth % 3 === 0 ? null : 'Retail' } },
    } as const,
    {
      ...{ kind: 'signal', accountId: id, signal: 'page_view', observedAt: 1_000 + nth, value: visits + nth / 7 },
      ...{ source: 'website', text: nth % 2 === 0 ? null : 'too slow' },
    } as const,
  ]);

async function countKept(store: Store): Promise<number> {
  const [row] = await store.rows<{ n: number }>(sql`select count(*)::int as n from kept_histories`);
  return row?.n ?? 0;
}

async function fromTables(store: Store, importId: number) {
  const all = [];
  for await (const chunk of readHistories(store, 'main', { importId, anew: true })) all.push(...chunk);
  return all;
}

async function recordEvent(store: Store, accountId: string): Promise<number> {
  return store.transaction(async (tx) => {
    const { importId, at } = await beginEvents(tx, 'main', Date.now());
    const said = {
      book: 'main',
      accountId,
      kind: 'acquisition',
      on: at,
      note: null,
      by: 'ada@x.example',
      byName: 'Ada',
    };
    await addEvent(tx, { ...said, recordedAt: at });
    return importId;
  });
}

describe('kept histories', () => {
  let store: Store;
  let importId: number;
  before(async () => {
    store = await freshStore();
    importId = await importRecords(store, book(0, 1));
  });
  after(() => store.close());

  it('are what the tables say, the first time and every time after', async () => {
    const said = await fromTables(store, importId);
    assert.equal(await countKept(store), 0);
    assert.equal(said.length, many);
    for (const kept of [3, 3]) {
      assert.deepEqual(await historiesAt(store, importId), said);
      assert.equal(await countKept(store), kept);
    }
  });

  it('are read instead of the tables, which alone are asked anew', async () => {
    await store.db.execute(sql`update signals set value = -1 where account_id = '00700'`);
    const value = (histories: Awaited<ReturnType<typeof fromTables>>) => histories[700]?.signals[0]?.value;
    assert.equal(value(await historiesAt(store, importId)), 101);
    assert.equal(value(await fromTables(store, importId)), -1);
    await store.db.execute(sql`update signals set value = 101 where account_id = '00700'`);
  });

  it('serve an import that brought nothing but an event, which they tell of nevertheless', async () => {
    const later = await recordEvent(store, '00900');
    const histories = await historiesAt(store, later);
    assert.deepEqual(histories, await fromTables(store, later));
    assert.equal(histories[900]?.events?.length, 1);
    assert.equal(histories.filter(({ events }) => events !== undefined).length, 1);
    assert.equal(await countKept(store), 3);
  });

  it('go on where a reader stopped', async () => {
    await store.db.execute(sql`delete from kept_histories`);
    for await (const _ of readPackedHistories(store, 'main', { importId })) break;
    await store.db.execute(sql`delete from kept_histories where nth > 0`);
    assert.equal(await countKept(store), 1);
    assert.deepEqual(await historiesAt(store, importId), await fromTables(store, importId));
    assert.equal(await countKept(store), 3);
  });

  it('are worked out again where another release kept them', async () => {
    const said = await fromTables(store, importId);
    await store.db.execute(sql`update kept_histories set format = 'of old', folded = decode('00', 'hex')`);
    assert.deepEqual(await historiesAt(store, importId), said);
    const [row] = await store.rows<{ n: number }>(
      sql`select count(*)::int as n from kept_histories where format = 'of old'`,
    );
    assert.deepEqual([row?.n, await countKept(store)], [0, 3]);
    assert.deepEqual(await historiesAt(store, importId), said);
  });

  it('are those of the latest import alone, and earlier ones are still answered', async () => {
    const said = await fromTables(store, importId);
    const later = await importRecords(store, book(600, 50));
    const now = await historiesAt(store, later);
    assert.deepEqual(now, await fromTables(store, later));
    assert.equal(now.length, 600 + many);
    const [kept] = await store.rows<{ low: number; high: number; n: number }>(
      sql`select min(import_id)::int as low, max(import_id)::int as high, count(*)::int as n from kept_histories`,
    );
    assert.deepEqual(kept, { low: later, high: later, n: 4 });
    assert.deepEqual(await historiesAt(store, importId), said);
    assert.equal(await countKept(store), 4);
  });

  it('are not made while an import is under way that came before', async () => {
    await assert.rejects(ingest({ store }, sourceOf(book(9_000, 1), { dies: true })), /the process died/);
    const later = await recordEvent(store, '00001');
    await store.db.execute(sql`delete from kept_histories`);
    await historiesAt(store, later);
    assert.equal(await countKept(store), 0);
  });
});
