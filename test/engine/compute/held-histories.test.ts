import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holdHistories } from '../../../src/engine/compute/held-histories.ts';
import type { Signal } from '../../../src/icp/history.ts';
import { foldHistories } from '../../../src/store/fold-histories.ts';
import { aHistory } from '../../support/a-model.ts';

const signal = (over: Partial<Signal>): Signal => ({
  ...{ kind: 'page_view', observedAt: 1_700_000_000_001, value: 2.5, source: 'website', text: null },
  ...over,
});

describe('held histories', () => {
  it('come back as they were, chunk by chunk, as often as they are asked for', () => {
    const chunks = [
      [
        aHistory('a', { signals: [signal({}), signal({ value: null, text: 'too slow', observedAt: -1 })] }),
        aHistory('b'),
        aHistory('c', { signals: [signal({ kind: 'pain', text: 'page_view', value: 0 })] }),
      ],
      [aHistory('d', { signals: [signal({ text: '' })] })],
    ];
    const held = holdHistories(1000);
    for (const chunk of chunks) held.add(foldHistories(chunk));
    for (const _ of [1, 2]) assert.deepEqual([...(held.chunks() ?? [])], chunks);
  });

  it('are none as soon as there are more rows than are held', () => {
    const held = holdHistories(3);
    held.add(foldHistories([aHistory('a', { signals: [signal({})] })]));
    assert.notEqual(held.chunks(), null);
    held.add(foldHistories([aHistory('b', { signals: [signal({})] })]));
    assert.equal(held.chunks(), null);
  });
});
