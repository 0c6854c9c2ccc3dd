import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkBlocks } from '../../src/workbench/slack/block-limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (given: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...given });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(`${i}`), value: `${i}` }));

/** A block that breaks one limit by one, the same block within it, and where the fault is. */
const LIMITS: [string, object, object, string][] = [
  [
    'section text',
    { type: 'section', text: mrkdwn('x'.repeat(3001)) },
    { type: 'section', text: mrkdwn('x'.repeat(3000)) },
    '/blocks/0/text/text',
  ],
  [
    'header',
    { type: 'header', text: plain('x'.repeat(151)) },
    { type: 'header', text: plain('x'.repeat(150)) },
    '/blocks/0/text/text',
  ],
  [
    'header without markup',
    { type: 'header', text: mrkdwn('x') },
    { type: 'header', text: plain('x') },
    '/blocks/0/text/type',
  ],
  [
    'button text',
    actions(button({ text: plain('x'.repeat(76)) })),
    actions(button({ text: plain('x'.repeat(75)) })),
    '/blocks/0/elements/0/text/text',
  ],
  [
    'button value',
    actions(button({ value: 'x'.repeat(2001) })),
    actions(button({ value: 'x'.repeat(2000) })),
    '/blocks/0/elements/0/value',
  ],
  [
    'action id',
    actions(button({ action_id: 'x'.repeat(256) })),
    actions(button({ action_id: 'x'.repeat(255) })),
    '/blocks/0/elements/0/action_id',
  ],
  [
    'action ids apart',
    actions(button(), button()),
    actions(button(), button({ action_id: 'b' })),
    '/blocks/0/elements/1/action_id',
  ],
  [
    '25 actions',
    actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `${i}` }))),
    actions(...Array.from({ length: 25 }, (_, i) => button({ action_id: `${i}` }))),
    '/blocks/0/elements',
  ],
  [
    'block id',
    { type: 'divider', block_id: 'x'.repeat(256) },
    { type: 'divider', block_id: 'x'.repeat(255) },
    '/blocks/0/block_id',
  ],
  [
    'ten fields',
    { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) },
    { type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn('x')) },
    '/blocks/0/fields',
  ],
  [
    'field text',
    { type: 'section', fields: [mrkdwn('x'.repeat(2001))] },
    { type: 'section', fields: [mrkdwn('x'.repeat(2000))] },
    '/blocks/0/fields/0/text',
  ],
  [
    'ten in a context',
    { type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) },
    { type: 'context', elements: Array.from({ length: 10 }, () => mrkdwn('x')) },
    '/blocks/0/elements',
  ],
  [
    'alternative text',
    { type: 'image', image_url: 'https://a.test/b.png' },
    { type: 'image', image_url: 'https://a.test/b.png', alt_text: 'b' },
    '/blocks/0/alt_text',
  ],
  [
    'a picture',
    { type: 'image', alt_text: 'b' },
    { type: 'image', alt_text: 'b', slack_file: { id: 'F1' } },
    '/blocks/0',
  ],
  [
    'a hundred options',
    actions({ type: 'static_select', action_id: 'a', options: options(101) }),
    actions({ type: 'static_select', action_id: 'a', options: options(100) }),
    '/blocks/0/elements/0/options',
  ],
  [
    'a filled cell',
    { type: 'table', rows: [[{ type: 'raw_text', text: '' }]] },
    { type: 'table', rows: [[{ type: 'raw_text', text: ' ' }]] },
    '/blocks/0/rows/0/0/text',
  ],
  [
    'markdown',
    { type: 'markdown', text: 'x'.repeat(12_001) },
    { type: 'markdown', text: 'x'.repeat(12_000) },
    '/blocks/0/text',
  ],
  ['a text or fields', { type: 'section' }, { type: 'section', text: mrkdwn('x') }, '/blocks/0'],
  ['a known type', { type: 'banner' }, { type: 'divider' }, '/blocks/0'],
  ['a style', actions(button({ style: 'loud' })), actions(button({ style: 'danger' })), '/blocks/0/elements/0/style'],
];

describe('the block limits', () => {
  for (const [name, bad, good, pointer] of LIMITS) {
    it(`hold for ${name}, and point at the fault`, () => {
      const problems = checkBlocks([bad]);
      assert.ok(problems[0]?.endsWith(`[json-pointer:${pointer}]`), JSON.stringify(problems));
      assert.deepEqual(checkBlocks([good]), []);
    });
  }

  it('count over all blocks: fifty in a message, a hundred in a view, one table, two charts, ids once', () => {
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }));
    assert.deepEqual(checkBlocks(dividers(50)), []);
    assert.equal(checkBlocks(dividers(51)).length, 1);
    assert.deepEqual(checkBlocks(dividers(100), 'view'), []);
    assert.equal(checkBlocks(dividers(101), 'view').length, 1);
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
    assert.match(checkBlocks([table, table])[0] ?? '', /only one table/);
    const chart = { type: 'data_visualization' };
    assert.deepEqual(checkBlocks([chart, chart]), []);
    assert.match(checkBlocks([chart, chart, chart])[0] ?? '', /no more than 2/);
    const named = { type: 'divider', block_id: 'same' };
    assert.match(checkBlocks([named, named])[0] ?? '', /already exists.*\/blocks\/1\/block_id/);
  });

  it('refuse what are no blocks, and never throw', () => {
    assert.equal(checkBlocks('blocks').length, 1);
    assert.equal(checkBlocks([null]).length, 1);
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (anything) => {
        const problems = checkBlocks(anything);
        assert.ok(problems.every((problem) => /json-pointer:\/blocks/.test(problem)));
      }),
      { numRuns: 200 },
    );
  });
});
