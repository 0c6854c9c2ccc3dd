import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';

const stats = resolve(import.meta.dirname, '../../src/stats');
const methods = globSync('**/*.ts', { cwd: stats });
const list = readFileSync(resolve(stats, 'README.md'), 'utf8');
const tests = globSync('*.ts', { cwd: import.meta.dirname }).map((file) =>
  readFileSync(resolve(import.meta.dirname, file), 'utf8'),
);

describe('the list of methods', () => {
  it('has a row for every file, and for none that is not there', () => {
    const listed = [...list.matchAll(/^\| `([a-z0-9/-]+\.ts)`/gm)].map(([, file]) => file);
    assert.deepEqual(listed.toSorted(), methods.toSorted());
  });

  it('names only scripts that are there, each with what it wrote', () => {
    const scripts = new Set([...list.matchAll(/`([a-z]+)\.py`/g)].map(([, script]) => script));
    assert.ok(scripts.size > 0);
    for (const script of scripts) {
      const written = script === 'make' ? 'stats' : script;
      for (const file of [`${script}.py`, `${written}.json`]) {
        assert.ok(readFileSync(resolve(import.meta.dirname, '../reference', file)).length > 0, file);
      }
    }
  });

  it('goes with a test of every function', () => {
    const untested: string[] = [];
    for (const method of methods) {
      const source = readFileSync(resolve(stats, method), 'utf8');
      for (const [, name] of source.matchAll(/^export function\*? ([A-Za-z]+)/gm)) {
        const called = new RegExp(`\\b${name}\\(|map\\(${name}\\)`);
        const isTested = tests.some((text) => text.includes(`/${method}'`) && called.test(text));
        if (!isTested) untested.push(`${name} of ${method}`);
      }
    }
    assert.deepEqual(untested, []);
  });
});
