import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

const folder = path.resolve(import.meta.dirname, '../../src/market');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

describe('the sources of the market', () => {
  it('import nothing but one another and the generator of chance', () => {
    assert.ok(sources.length > 10);
    for (const name of sources) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      for (const [, from] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
        const target = path.relative(folder, path.resolve(folder, path.dirname(name), from!));
        assert.ok(
          from!.startsWith('.') && (!target.startsWith('..') || target === '../stats/random.ts'),
          `${name}: ${from}`,
        );
      }
    }
  });

  it('know no clock and no chance of their own', () => {
    for (const name of sources) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      assert.doesNotMatch(text, /Date\.now|Math\.random|new Date\(\)|performance\./, name);
    }
  });
});
