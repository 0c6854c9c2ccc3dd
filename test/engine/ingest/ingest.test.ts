import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import type { Source } from '../../../src/connectors/ports.ts';
import { ingest } from '../../../src/engine/ingest/ingest.ts';
import type { Store } from '../../../src/store/store.ts';
import { folderOf } from '../../connectors/csv/folder-of.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { countOf, tablesOf } from './tables-of.ts';

const now = Date.parse('2026-01-31');
const small = resolve(import.meta.dirname, '../../fixtures/bundles/small');

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await freshStore();
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** The source, cut off in the middle as if the process had died: the nth row of a file is never reached. */
function cutOff(source: Source, at: number): Source {
  let rows = 0;
  const files = source.files.map((file) => ({
    ...file,
    async *rows(options: { after: number }) {
      for await (const row of file.rows(options)) {
        rows += 1;
        if (rows === at) throw new Error('cut off');
        yield row;
      }
    },
  }));
  return { ...source, files };
}

describe('ingest', () => {
  it('puts every file of a bundle into its table, and gives accounts that are only named a row', () =>
    withStore(async (store) => {
      const summary = await ingest({ store }, await openBundle(small, { now }));
      assert.equal(summary.unchanged, false);
      assert.deepEqual(
        summary.files.map(({ name, rows, records, setAside }) => [name, rows, records, setAside]),
        [
          ['accounts.csv', 3, 3, 0],
          ['contacts.csv', 1, 1, 0],
          ['leads.csv', 3, 3, 0],
          ['opportunities.csv', 3, 3, 0],
          ['customers.csv', 1, 1, 0],
          ['outcomes.csv', 1, 1, 0],
          ['signals.csv', 3, 3, 0],
          ['usage.csv', 1, 1, 0],
          ['observations.csv', 3, 3, 0],
          ['people.csv', 1, 1, 0],
        ],
      );
      const accounts = await store.rows(sql`select id, name, domain from accounts order by id`);
      assert.deepEqual(accounts, [
        { id: '001', name: 'Acme', domain: 'acme.example' },
        { id: '002', name: 'Bolt, Inc', domain: 'bolt.example' },
        { id: '003', name: 'Crane', domain: null },
        { id: '004', name: null, domain: null },
      ]);
      assert.equal(await countOf(store, 'signals'), 2, 'two rows that agree in everything are one signal');
    }));

  it('keeps unknown apart from absent, and every side of a conflict', () =>
    withStore(async (store) => {
      await ingest({ store }, await openBundle(small, { now }));
      const values = async (id: string) => {
        const rows = await store.rows<{ values: Record<string, unknown> }>(
          sql`select "values" from observations where account_id = ${id} and source = 'import'`,
        );
        return rows[0]?.values;
      };
      assert.deepEqual((await values('001'))?.technologies, ['HubSpot', 'Segment']);
      assert.deepEqual((await values('002'))?.technologies, [], 'known to have none');
      assert.equal((await values('003'))?.technologies, null, 'not known');
      assert.deepEqual(
        await store.rows(
          sql`select source, "values"->'employees' as employees from observations where account_id = '001' order by source`,
        ),
        [
          { source: 'enrichment', employees: 130 },
          { source: 'import', employees: 120 },
          { source: 'registry', employees: 90 },
        ],
      );
    }));

  it('changes nothing when it is run again', () =>
    withStore(async (store) => {
      const first = await ingest({ store }, await openBundle(small, { now }));
      const before = await tablesOf(store);
      const again = await ingest({ store }, await openBundle(small, { now: now + 86_400_000 }));
      assert.deepEqual({ ...again, unchanged: false }, first);
      assert.equal(again.unchanged, true);
      assert.deepEqual(await tablesOf(store), before);
    }));

  it('writes a new version of a row that changed, only of that one, and of one that changed back', (t) =>
    withStore(async (store) => {
      const folder = folderOf(t, {});
      cpSync(small, folder, { recursive: true });
      const file = join(folder, 'accounts.csv');
      const original = readFileSync(file, 'utf8');
      await ingest({ store }, await openBundle(folder, { now }));
      writeFileSync(file, original.replace('Bolt, Inc', 'Bolt Limited'));
      const changed = await ingest({ store }, await openBundle(folder, { now }));
      assert.equal(changed.importId, 2);
      assert.deepEqual(await store.rows(sql`select id, name from accounts where import_id = 2`), [
        { id: '002', name: 'Bolt Limited' },
      ]);
      for (const table of [
        'observations',
        'contacts',
        'leads',
        'opportunities',
        'customers',
        'usage',
        'outcomes',
        'signals',
      ]) {
        assert.equal(await countOf(store, table, 'import_id = 2'), 0, table);
      }
      writeFileSync(file, original);
      await ingest({ store }, await openBundle(folder, { now }));
      assert.deepEqual(
        await store.rows(sql`select import_id, name from accounts where id = '002' order by import_id`),
        [
          { import_id: 1, name: 'Bolt, Inc' },
          { import_id: 2, name: 'Bolt Limited' },
          { import_id: 3, name: 'Bolt, Inc' },
        ],
      );
      assert.equal((await ingest({ store }, await openBundle(folder, { now }))).unchanged, true);
    }));

  it('does not make a new version because columns stand in another order', (t) =>
    withStore(async (store) => {
      const folder = folderOf(t, { 'accounts.csv': 'account_id,industry,employees\n1,retail,5\n' });
      await ingest({ store }, await openBundle(folder, { now }));
      writeFileSync(join(folder, 'accounts.csv'), 'employees,account_id,industry\n5,1,retail\n');
      assert.equal((await ingest({ store }, await openBundle(folder, { now }))).unchanged, false);
      assert.deepEqual([await countOf(store, 'accounts'), await countOf(store, 'observations')], [1, 1]);
    }));

  it('sets a repeated id aside, says where it stood first, and keeps the first', (t) =>
    withStore(async (store) => {
      const rows = Array.from({ length: 5_000 }, (_, at) => `a${at},Name ${at}`);
      rows[4_500] = 'a3,Impostor';
      const folder = folderOf(t, { 'accounts.csv': `account_id,name\n${rows.join('\n')}\n` });
      const summary = await ingest({ store }, await openBundle(folder, { now }));
      assert.deepEqual(summary.setAside, [
        { file: 'accounts.csv', line: 4_502, reason: 'duplicate id "a3" (first at line 5)', excerpt: 'a3' },
      ]);
      assert.deepEqual(await store.rows(sql`select name from accounts where id = 'a3'`), [{ name: 'Name 3' }]);
      assert.equal(await countOf(store, 'accounts'), 4_999);
    }));

  it('goes on where it was cut off, at any row, and ends with the tables of a clean run', async (t) => {
    const rows = Array.from({ length: 9_000 }, (_, at) => `a${at % 8_900},Name ${at},${at % 700 === 0 ? 'many' : at}`);
    const deals = Array.from({ length: 3_000 }, (_, at) => `o${at},b${at % 50},2025-01-01,${at % 900 === 5 ? -1 : 3}`);
    const folder = folderOf(t, {
      'accounts.csv': `account_id,name,employees\n${rows.join('\n')}\n`,
      'opportunities.csv': `opportunity_id,account_id,created_at,amount\n${deals.join('\n')}\n`,
    });
    let clean: Record<string, string> = {};
    await withStore(async (store) => {
      await ingest({ store }, await openBundle(folder, { now }));
      clean = await tablesOf(store);
    });
    await withStore(async (store) => {
      for (const at of [1, 2_500, 6_001, 9_001, 2_500]) {
        await assert.rejects(ingest({ store }, cutOff(await openBundle(folder, { now }), at)), /cut off/);
        assert.equal(await countOf(store, 'imports', "status = 'finished'"), 0, 'no reader sees half of it');
      }
      await ingest({ store }, await openBundle(folder, { now }));
      assert.deepEqual(await tablesOf(store), clean);
    });
  });

  it('takes back what was cut off when the source has changed meanwhile', (t) =>
    withStore(async (store) => {
      const folder = folderOf(t, {});
      const rows = Array.from({ length: 4_000 }, (_, at) => `a${at},Old`).join('\n');
      writeFileSync(join(folder, 'accounts.csv'), `account_id,name\n${rows}\n`);
      await assert.rejects(ingest({ store }, cutOff(await openBundle(folder, { now }), 3_000)), /cut off/);
      assert.equal(await countOf(store, 'accounts'), 2_000);
      writeFileSync(join(folder, 'accounts.csv'), 'account_id,name\na1,New\n');
      await ingest({ store }, await openBundle(folder, { now }));
      assert.deepEqual(await store.rows(sql`select id, name from accounts`), [{ id: 'a1', name: 'New' }]);
      assert.equal(await countOf(store, 'imports'), 1);
    }));
});
