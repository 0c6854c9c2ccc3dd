import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Signal } from '../../src/icp/history.ts';
import { bytesOfFolded, foldedFromBytes, foldHistories, unfoldHistories } from '../../src/store/fold-histories.ts';
import { aHistory } from '../support/a-model.ts';

const signals: fc.Arbitrary<Signal[]> = fc.array(
  fc.record(
    {
      kind: fc.constantFrom('page_view', 'pain', ''),
      observedAt: fc.integer({ min: -8.64e15, max: 8.64e15 }),
      value: fc.option(fc.double({ noNaN: true })),
      source: fc.string({ unit: 'binary' }),
      text: fc.option(fc.string({ unit: 'grapheme' })),
    },
    { noNullPrototype: true },
  ),
);

describe('folded histories', () => {
  it('unfold to what they were, and so do their bytes', () => {
    fc.assert(
      fc.property(fc.array(signals), fc.string(), (each, name) => {
        const histories = each.map((own, nth) => aHistory(`${name}${nth}`, { signals: own }));
        const folded = foldHistories(histories);
        assert.deepEqual(unfoldHistories(folded), histories);
        assert.deepEqual(foldedFromBytes(bytesOfFolded(folded)), folded);
      }),
    );
  });

  it('have the same bytes for the same histories', () => {
    const histories = () => [
      aHistory('a', { signals: [{ kind: 'k', observedAt: 1, value: null, source: 's', text: 't' }] }),
    ];
    assert.deepEqual(bytesOfFolded(foldHistories(histories())), bytesOfFolded(foldHistories(histories())));
  });

  it('write each word once', () => {
    const one = { kind: 'page_view', observedAt: 1, value: 1, source: 'website', text: 'page_view' };
    assert.deepEqual(foldHistories([aHistory('a', { signals: [one, one] })]).words, ['page_view', 'website']);
  });
});
