import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readEnvFile } from '../../src/cli/read-env-file.ts';
import { ownFolder } from '../support/command-line.ts';

describe('readEnvFile', () => {
  it('adds what is not set yet, and leaves what is', (t) => {
    const folder = ownFolder(t);
    t.after(() => {
      delete process.env.LODESTAR_TEST_NEW;
      delete process.env.LODESTAR_TEST_SET;
    });
    process.env.LODESTAR_TEST_SET = 'as it was';
    writeFileSync(join(folder, '.env'), 'LODESTAR_TEST_NEW=new   # why\nLODESTAR_TEST_SET=other\n');
    readEnvFile(folder);
    assert.deepEqual([process.env.LODESTAR_TEST_NEW, process.env.LODESTAR_TEST_SET], ['new', 'as it was']);
  });

  it('does nothing where there is no file, and says so where it cannot be read', (t) => {
    const folder = ownFolder(t);
    readEnvFile(folder);
    mkdirSync(join(folder, '.env'));
    assert.throws(() => readEnvFile(folder), { code: 'usage', message: /\.env cannot be read/ });
  });
});
