import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { makeDatabase, packedDatabase } from '../../src/store/make-database.ts';

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-database-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('has a packed database for the installed version of PGlite', () => {
  assert.ok(existsSync(packedDatabase()), 'after an upgrade, run node test/support/pack-empty-database.ts');
});

it('makes a database that is empty, keeps text of any language and what is written to it', async (t) => {
  const folder = join(emptyFolder(t), 'database');
  await makeDatabase(folder);
  const first = await PGlite.create(folder);
  const { rows: found } = await first.query(
    `select current_setting('server_encoding') as encoding, count(*)::int as tables from pg_tables where schemaname = 'public'`,
  );
  assert.deepEqual(found, [{ encoding: 'UTF8', tables: 0 }]);
  await first.exec(`create table kept (text text); insert into kept values ('Zürich 東京')`);
  await first.close();
  const second = await PGlite.create(folder);
  assert.deepEqual((await second.query('select text from kept')).rows, [{ text: 'Zürich 東京' }]);
  await second.close();
});

it('starts over where an earlier process died before the database was whole', async (t) => {
  const parent = emptyFolder(t);
  mkdirSync(join(parent, 'database.half'));
  writeFileSync(join(parent, 'database.half', 'PG_VERSION'), 'half of it');
  await makeDatabase(join(parent, 'database'));
  assert.deepEqual(readdirSync(parent), ['database']);
  const client = await PGlite.create(join(parent, 'database'));
  assert.equal((await client.query<{ one: number }>('select 1 as one')).rows[0]?.one, 1);
  await client.close();
});
