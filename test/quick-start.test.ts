import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '..');

/** What a module exports, by name and kind, in a process that has or has not called `quickStart`. */
async function exportsOf(module: string, quick: boolean): Promise<string> {
  const start = quick ? `(await import('./src/quick-start.ts')).quickStart();` : '';
  const script = `${start}
    const found = await import('${module}');
    const { is } = await import('drizzle-orm');
    const { Param, sql, SQL } = await import('drizzle-orm/sql');
    console.log(JSON.stringify([Object.entries(found).map(([name, value]) => [name, typeof value]), is(sql\`\`, SQL), Param.name]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  return stdout;
}

it('loads the same modules, once each, only faster', async () => {
  for (const module of ['drizzle-orm/pg-core', 'drizzle-orm/pglite']) {
    const plain = await exportsOf(module, false);
    assert.match(plain, /true,"Param"/);
    assert.equal(await exportsOf(module, true), plain);
  }
});
