import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { checkProse, evidenceOf } from '../../src/agent/check-prose.ts';
import { openLedger } from '../../src/agent/figures.ts';
import { loadPrompts } from '../../src/agent/prompts.ts';
import { declareTool } from '../../src/agent/tool-schema.ts';
import { tools } from '../../tools/index.ts';

const prompts = loadPrompts(join(import.meta.dirname, '../../prompts'));
const plain = { serializers: [(text: unknown) => String(text)] };

function folder(context: TestContext, files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'prompts-'));
  context.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'parts'));
  for (const [name, text] of Object.entries({
    'parts/vocabulary.md': '- **tier**: where an account stands.',
    ...files,
  })) {
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

const head = '---\nname: x\ntools: [calculate]\nmaxSteps: 2\n---\n';

describe('prompts', () => {
  it('tells the assistant this, the same for everybody', (context) => {
    context.assert.snapshot(prompts.load('assistant').fixed({}), plain);
  });

  it('tells the assistant this, which changes', (context) => {
    const values = {
      today: '2026-10-01',
      asker: 'Dana',
      role: 'leader',
      email: 'dana@ours.example',
      thread: 'The account last spoken of is Acme.',
    };
    context.assert.snapshot(prompts.load('assistant').changing(values), plain);
  });

  it('describes the tools so', (context) => {
    context.assert.snapshot(tools.map(declareTool));
  });

  it('names only tools that there are', () => {
    for (const name of prompts.load('assistant').tools)
      assert.ok(
        tools.some((tool) => tool.name === name),
        name,
      );
  });

  it('is long enough to be cached and has nothing of today in what is cached', () => {
    const fixed = prompts.load('assistant').fixed({});
    assert.ok(fixed.length > 1024 * 4, `${fixed.length} characters`);
    assert.doesNotMatch(fixed, /\{\{(?!r\d)/);
  });

  it('defines the words of the house without a figure that nothing vouches for', () => {
    assert.ok(prompts.vocabulary.size >= 20);
    for (const [word, meaning] of prompts.vocabulary) {
      const digits = checkProse(meaning, openLedger(), evidenceOf(null)).filter((complaint) =>
        /typed by hand/.test(complaint),
      );
      assert.deepEqual(digits, [], word);
    }
    for (const word of ['ICP', 'persona', 'signal-based ICP', 'tier', 'lever', 'detractor', 'evidence grade'])
      assert.ok(prompts.vocabulary.has(word), word);
  });

  it('takes parts in, fills values and leaves figures alone', (context) => {
    const directory = folder(context, {
      'x.md': `${head}Hello {{who}}.\n{{> parts/p.md}}\n<!-- changes below -->\nNow {{when}}.`,
      'parts/p.md': 'Write {{r1.score}}.\n',
    });
    const prompt = loadPrompts(directory).load('x');
    assert.equal(prompt.fixed({ who: 'you' }), 'Hello you.\nWrite {{r1.score}}.');
    assert.equal(prompt.changing({ when: '{{who}}' }), 'Now {{who}}.');
    assert.equal(prompt.maxSteps, 2);
  });

  it('throws on a missing value, part, file or front-matter', (context) => {
    const loaded = loadPrompts(
      folder(context, { 'x.md': `${head}Hello {{who}}.`, 'y.md': `${head}{{> parts/none.md}}`, 'z.md': 'Hello.' }),
    );
    assert.throws(() => loaded.load('x').fixed({}), /requires a value for who/);
    assert.throws(() => loaded.load('y'), /parts\/none\.md/);
    assert.throws(() => loaded.load('z'), /front-matter/);
    assert.throws(() => loaded.load('w'), /w\.md/);
    assert.throws(() => loadPrompts(folder(context, { 'parts/vocabulary.md': 'none' })), /vocabulary/);
  });
});
