import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineTool, toolsFor } from '../../src/agent/define-tool.ts';
import { roles } from '../../src/icp/types.ts';
import { tools } from '../../tools/index.ts';
import { contextOf } from './tool-context.ts';

const sound = {
  name: 'count_things',
  title: 'Count things',
  description: 'Counts the things that there are, for whoever asks.',
  access: 'read' as const,
  roles,
  status: 'is counting',
  schema: z.object({ of: z.string().describe('What to count.') }),
  run: async () => ({ text: 'ok', data: null }),
};

describe('a tool', () => {
  it('is refused without access, status, roles, a sentence or a description on every field', () => {
    assert.doesNotThrow(() => defineTool(sound));
    for (const [broken, complaint] of [
      [{ ...sound, name: 'countThings' }, /name must be snake_case/],
      [{ ...sound, description: 'counts' }, /description must be a sentence/],
      [{ ...sound, access: undefined }, /access/],
      [{ ...sound, access: 'write' }, /access/],
      [{ ...sound, roles: [] }, /roles/],
      [{ ...sound, status: '' }, /status/],
      [{ ...sound, schema: z.object({ of: z.string() }) }, /field of has no \.describe\(\)/],
    ] as const) {
      // @ts-expect-error a tool written in JavaScript, or cast, gets as far as this check
      assert.throws(() => defineTool(broken), complaint);
    }
  });

  it('does not see arguments that its schema does not know', async () => {
    const tool = defineTool(sound);
    await assert.rejects(tool.run(contextOf(), { of: 1 }), /count_things cannot run with these arguments \(of: /);
    await assert.rejects(tool.run(contextOf(), { of: 'x', sql: 'drop' }), /Unrecognized key/);
    await assert.rejects(tool.run(contextOf(), undefined), /of: /);
  });

  it('exists only for its roles', () => {
    const secret = defineTool({ ...sound, roles: ['admin'] });
    assert.deepEqual(toolsFor([secret], 'rep'), []);
    assert.deepEqual(toolsFor([secret], 'admin'), [secret]);
  });
});

describe('the catalogue', () => {
  it('has one file for every tool, named after it', () => {
    const files = readdirSync(join(import.meta.dirname, '../../tools')).map((file) => file.replace(/\.ts$/, ''));
    const named = tools.map((tool) => tool.name.replaceAll('_', '-'));
    assert.deepEqual(files.filter((file) => file !== 'index' && file !== 'fields').sort(), [...named].sort());
    assert.ok(tools.length <= 13, 'a language model picks badly among many');
  });

  it('holds nothing that writes or decides', () => {
    assert.deepEqual(
      tools.map((tool) => [tool.name, tool.access]),
      tools.map((tool) => [tool.name, 'read']),
    );
  });
});
