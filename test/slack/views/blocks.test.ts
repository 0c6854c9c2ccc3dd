import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { context, intoMessages, packLines } from '../../../src/slack/views/blocks.ts';

const line = fc.string({ maxLength: 40 }).map((text) => text.replaceAll('\n', ' '));

describe('packLines', () => {
  it('loses no line, keeps their order, and stays within the size', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 100 }), (lines) => {
        const texts = packLines(lines, 60);
        assert.equal(texts.join('\n'), lines.join('\n'));
        for (const text of texts) assert.ok(text.length <= 60);
      }),
    );
  });

  it('packs as tightly as the order allows', () => {
    assert.deepEqual(packLines(['aa', 'bb', 'c'], 5), ['aa\nbb', 'c']);
    assert.deepEqual(packLines([], 5), []);
  });
});

describe('intoMessages', () => {
  it('loses no block and keeps their order, however many messages it takes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2900 }), { maxLength: 130, size: 'max' }), (sizes) => {
        const blocks = sizes.map((size) => context('x'.repeat(size)));
        const messages = intoMessages('Title', blocks);
        assert.deepEqual(
          messages.flatMap((message) => message.blocks),
          blocks,
        );
        for (const message of messages) {
          assert.ok(message.blocks.length <= 50);
          assert.ok(JSON.stringify(message.blocks).length <= 13_200);
        }
      }),
    );
  });
});
