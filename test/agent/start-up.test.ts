import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');

/** Packages and files that are loaded together with a file: its static imports, all the way down. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, from = ''] of source.matchAll(/^import (?!type )[^;]*?from '([^']+)';/gms)) {
    if (from.startsWith('.')) loadedWith(join(dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

describe('the start', () => {
  it('does not load langchain or the SDK before somebody with a key asks', () => {
    const loaded = [
      ...loadedWith(join(root, 'src/agent/create-conversation.ts')),
      ...loadedWith(join(root, 'tools/index.ts')),
    ];
    assert.ok(loaded.includes('zod'));
    assert.deepEqual(
      loaded.filter((name) => /langchain|anthropic|language-model-turn|agent-loop/.test(name)),
      [],
    );
    assert.ok(loadedWith(join(root, 'src/agent/language-model-turn.ts')).has('langchain'));
  });
});
