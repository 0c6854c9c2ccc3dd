import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { ingest } from '../../../src/engine/ingest/ingest.ts';
import { openEmbedded } from '../../../src/store/open.ts';
import { folderOf } from '../../connectors/csv/folder-of.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { tablesOf } from './tables-of.ts';

const now = Date.parse('2026-01-31');
const kills = 5;

/** Runs the import in a process of its own and kills it a while after so many chunks are written, or not at all. */
function runAndKill(args: readonly string[], kill: { afterChunks: number; ms: number } | null) {
  return new Promise<{ chunks: number; done: boolean }>((settle, fail) => {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, 'import-child.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    let doomed = false;
    const chunks = () => said.split('chunk').length - 1;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (kill === null || doomed || chunks() < kill.afterChunks) return;
      doomed = true;
      setTimeout(() => child.kill('SIGKILL'), kill.ms);
    });
    child.on('error', fail);
    child.on('close', () => settle({ chunks: chunks(), done: said.includes('done') }));
  });
}

describe('an import that is killed', () => {
  it('ends with the tables of a clean run, whenever it is killed and however often', async (t) => {
    const accounts = Array.from({ length: 16_000 }, (_, at) => `a${at % 15_900},Name ${at},${at}`);
    const signals = Array.from({ length: 8_000 }, (_, at) => `a${at % 9_000},visit,2025-01-0${1 + (at % 9)},${at}`);
    const bundle = folderOf(t, {
      'accounts.csv': `account_id,name,employees\n${accounts.join('\n')}\n`,
      'signals.csv': `account_id,kind,observed_at,value\n${signals.join('\n')}\n`,
    });
    const clean = await freshStore();
    await ingest({ store: clean }, await openBundle(bundle, { now }));
    const wanted = await tablesOf(clean);
    await clean.close();

    const dataFolder = join(folderOf(t, {}), 'data');
    await (await openEmbedded(dataFolder)).close();
    const args = [dataFolder, bundle, String(now)];
    let state = 20_250_131;
    let killed = 0;
    let midway = 0;
    for (let at = 0; at < kills; at += 1) {
      // A small generator of its own, so that a failure can be repeated.
      state = (state * 48_271) % 2_147_483_647;
      const { done, chunks } = await runAndKill(args, { afterChunks: state % 3, ms: state % 170 });
      if (!done) killed += 1;
      if (!done && chunks > 0) midway += 1;
    }
    assert.ok(midway > 0, 'at least one run was killed between its first chunk and its last');
    t.diagnostic(`${killed} of ${kills} runs were killed before they were done, ${midway} of them after a chunk`);
    assert.equal((await runAndKill(args, null)).done, true);
    const store = await openEmbedded(dataFolder);
    assert.deepEqual(await tablesOf(store), wanted);
    await store.close();
  });
});
