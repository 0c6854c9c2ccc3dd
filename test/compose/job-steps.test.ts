import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { importSource } from '../../src/compose/import-source.ts';
import { eachBook, jobSteps } from '../../src/compose/job-steps.ts';
import { foldersOf, isFolders, openFolder, rememberFolder } from '../../src/compose/sources.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { IcpError } from '../../src/errors.ts';
import type { Due, RunSummary } from '../../src/jobs/ports.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { latestImport } from '../../src/store/books.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { noTellers } from '../support/no-tellers.ts';

const now = Date.UTC(2026, 5, 1);
const due: Due = { job: 'sync', dueAt: now, attempt: 1, signal: new AbortController().signal };

describe('the daily sync', () => {
  let store: Store;
  let lodestar: Parameters<typeof jobSteps>[0];
  let root: string;
  const folder = () => join(root, 'bundle');

  before(async () => {
    store = await freshStore();
    root = mkdtempSync(join(tmpdir(), 'lodestar-sync-'));
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const questions = createQuestions({ store, now: () => now });
    const house = { store, compute: createCompute(), log, now: () => now, holder: 'test', questions };
    lodestar = { ...house, crm: async () => null, hasCrm: () => false, tellers: null };
    mkdirSync(folder());
    writeFileSync(join(folder(), 'accounts.csv'), 'account_id,name,industry\na1,One,SaaS\na2,Two,Retail\n');
    const known = { folder: folder(), mapping: null };
    await importSource(lodestar, await openFolder(known, 'main', now), () => {});
    await rememberFolder(store, { ...known, book: 'main', by: 'test', at: now });
  });
  after(async () => {
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  const sync = (): Promise<RunSummary> => {
    const step = jobSteps(lodestar, noTellers).sync;
    assert.ok(step !== undefined);
    return step(due);
  };

  it('counts the rows of a folder that says what it said before, and imports nothing', async () => {
    const { read, written } = await sync();
    assert.deepEqual(read, { folders: 1, rows: 2 });
    assert.deepEqual([written.imports, await latestImport(store, 'main')], [0, 1]);
  });

  it('imports what is new in the folder', async () => {
    appendFileSync(join(folder(), 'accounts.csv'), 'a3,Three,SaaS\n');
    const { read, written } = await sync();
    assert.deepEqual(read, { folders: 1, rows: 3 });
    assert.deepEqual([written.imports, await latestImport(store, 'main')], [1, 2]);
  });

  it('counts what came in step by step: deals, what companies are, what they run, intent, scores, profiles', async () => {
    writeFileSync(
      join(folder(), 'accounts.csv'),
      'account_id,name,industry,technologies\na1,One,SaaS,\na2,Two,Banking,\na3,Three,SaaS,Snowflake\na4,Four,,Jira\n',
    );
    writeFileSync(
      join(folder(), 'opportunities.csv'),
      'opportunity_id,account_id,created_at,closed_at,outcome\no1,a1,2026-01-01,2026-02-01,won\no2,a2,2026-01-01,2026-03-01,lost\no3,a3,2026-01-01,,open\n',
    );
    writeFileSync(
      join(folder(), 'signals.csv'),
      'account_id,kind,observed_at,value,text,source\na1,Review activity,2026-01-05,1,,review site\na1,page_view,2026-01-05,3,,website\na9,keyword_search,2026-01-05,1,,search\n',
    );
    const { written, note } = await sync();
    const { deals_closed, firmographic, technographic, intent, accounts_scored, profiles } = written;
    // A row that says one thing anew says all of it, so a1 counts; of a4 no industry is known, and of a9 a search alone.
    assert.deepEqual(
      { deals_closed, technographic, intent, accounts_scored },
      { deals_closed: 2, technographic: 2, intent: 2, accounts_scored: 0 },
    );
    assert.deepEqual({ firmographic, profiles }, { firmographic: 3, profiles: 5 });
    assert.match(note, /^main: 2 deals won or lost, .* 2 signs of intent, /);
    const again = await sync();
    assert.match(again.note, /nothing new in its sources, 0 deals won or lost/);
    assert.equal(again.written.profiles, 0);
  });

  it('reads no rows of a folder that was emptied, which is not a success', async () => {
    for (const file of ['opportunities.csv', 'signals.csv']) rmSync(join(folder(), file));
    writeFileSync(join(folder(), 'accounts.csv'), 'account_id,name,industry\n');
    assert.equal((await sync()).read.rows, 0);
  });

  it('says which folder is gone', async () => {
    rmSync(folder(), { recursive: true });
    await assert.rejects(sync(), (error) => error instanceof IcpError && error.message.includes(folder()));
  });

  it('does the other books when one fails, and says both', async () => {
    const { read, note } = await eachBook({ store }, due, async () => ({
      read: { rows: 2 },
      written: {},
      note: 'fine',
    }));
    assert.deepEqual([read, note], [{ rows: 2 }, 'fine']);
    await assert.rejects(
      eachBook({ store }, due, async ({ name }) => {
        throw new IcpError('x', `${name} is broken`);
      }),
      /main is broken/,
    );
  });

  it('remembers a folder once, and takes a new mapping of it in its place', async () => {
    const known = { folder: '/data/crm', mapping: null };
    for (const mapping of [null, null, '/data/crm.yaml'])
      await rememberFolder(store, { ...known, mapping, book: 'other', by: 'test', at: now });
    assert.deepEqual(await foldersOf(store, 'other'), [{ folder: '/data/crm', mapping: '/data/crm.yaml' }]);
    assert.equal(isFolders([known]), true);
    assert.equal(isFolders(['/data/crm']), false);
  });
});
