import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dataCautions, judgeData, type SourceSpan, usualDataBounds } from '../../src/icp/data-quality.ts';

const day = 86_400_000;
const from = Date.UTC(2025, 0, 1);
const span = (source: string, begins: number, ends: number): SourceSpan => ({
  ...{ source, first: from + begins * day, last: from + ends * day },
});
const judged = (won: number, lost: number, spans: readonly SourceSpan[] = [span('crm', 0, 400)]) =>
  judgeData({ won, lost, spans, timeKind: 'dates' }, usualDataBounds);

describe('won against lost', () => {
  it('lies within its bounds, at the bounds too', () => {
    for (const [won, lost] of [
      [60, 80],
      [10, 100],
      [200, 100],
    ] as const)
      assert.equal(judged(won, lost).ratio.state, 'within', `${won} : ${lost}`);
    assert.match(judged(60, 80).ratio.sentence, /^60 won and 80 lost to learn from, 0\.75 won for each lost, within/);
    assert.deepEqual(dataCautions(judged(60, 80)), []);
  });

  it('is flagged on either side of them, and says what to look for', () => {
    assert.match(judged(9, 100).ratio.sentence, /is below the bounds of 0\.1 to 2: the won are rare/);
    assert.match(judged(201, 100).ratio.sentence, /is above the bounds of 0\.1 to 2: check whether lost deals/);
    assert.deepEqual(
      [judged(9, 100), judged(201, 100)].map((one) => dataCautions(one).length),
      [1, 1],
    );
  });

  it('is flagged where nobody was lost, and cannot be told where nothing was decided', () => {
    const { ratio } = judged(1_200, 0);
    assert.deepEqual([ratio.state, ratio.wonForLost], ['outside', null]);
    assert.match(ratio.sentence, /^1,200 won and 0 lost to learn from: without losses nothing tells winners apart/);
    assert.deepEqual([judged(0, 40).ratio.state, judged(0, 40).ratio.wonForLost], ['outside', 0]);
    assert.deepEqual([judged(0, 0).ratio.state, judged(0, 0).ratio.wonForLost], ['cannot tell', null]);
  });

  it('goes by the bounds that are set', () => {
    const narrow = { wonToLost: [0.5, 1] as const, historyDays: 500 };
    const found = judgeData({ won: 120, lost: 100, spans: [span('crm', 0, 400)], timeKind: 'dates' }, narrow);
    assert.deepEqual([found.ratio.state, found.history.state], ['outside', 'outside']);
    assert.match(found.history.sentence, /400 days, fewer than the 500/);
  });
});

describe('how long accounts were observed', () => {
  it('spans all sources together, and says the span of each', () => {
    const { history } = judged(60, 80, [span('crm', 0, 100), span('registry', 250, 250)]);
    assert.deepEqual([history.days, history.first, history.last], [250, from, from + 250 * day]);
    assert.deepEqual(
      history.sources.map(({ source, days }) => [source, days]),
      [
        ['crm', 100],
        ['registry', 0],
      ],
    );
  });

  it('is flagged under 180 days and not from there on', () => {
    const states = [0, 1, 179, 180].map((days) => judged(60, 80, [span('crm', 0, days)]).history);
    assert.deepEqual(
      states.map(({ state }) => state),
      ['outside', 'outside', 'outside', 'within'],
    );
    assert.match(states[1]!.sentence, /over 1 day, fewer than the 180/);
  });

  it('cannot be told where nothing has a date, or the source has an order only, whatever it holds', () => {
    const none = judged(60, 80, []).history;
    assert.deepEqual([none.state, none.days, none.first], ['cannot tell', null, null]);
    const facts = { won: 60, lost: 80, spans: [span('crm', 0, 400)], timeKind: 'order' } as const;
    const ordered = judgeData(facts, usualDataBounds).history;
    assert.deepEqual([ordered.state, ordered.days, ordered.sources], ['cannot tell', null, []]);
    assert.match(ordered.sentence, /an order but no dates/);
  });
});

it('every verdict on data has a caution exactly where it is not within its bounds', () => {
  const spans = fc.array(fc.tuple(fc.nat(900), fc.nat(900)), { maxLength: 4 });
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), spans, (won, lost, drawn) => {
      const found = judged(
        won,
        lost,
        drawn.map(([begins, more]) => span('s', begins, begins + more)),
      );
      const unsure = [found.ratio, found.history].filter(({ state }) => state !== 'within');
      assert.deepEqual(
        dataCautions(found),
        unsure.map(({ sentence }) => sentence),
      );
      assert.doesNotMatch(`${found.ratio.sentence} ${found.history.sentence}`, /NaN|Infinity|undefined/);
    }),
  );
});
