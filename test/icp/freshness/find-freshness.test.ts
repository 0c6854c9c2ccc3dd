import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DataAges, findFreshness } from '../../../src/icp/freshness/find-freshness.ts';
import { aCriterion, aModel } from '../../support/a-model.ts';

const day = 86_400_000;
const asOf = 1_000 * day;
const learntAt = new Map([
  ['industry', asOf],
  ['visits', asOf],
]);
const nothing: DataAges = { sources: [], signals: [], fields: [] };
const source = (days: number, first: number, last: number) => ({
  ...{ kind: 'signals', source: 'web', rows: 10, days, first: first * day, last: last * day },
});

describe('freshness', () => {
  it('holds a source against its own habit: a weekly one may pause for four weeks', () => {
    const weekly = (last: number) => {
      const ages = { ...nothing, sources: [source(10, last - 63, last)] };
      return findFreshness(ages, { model: aModel(), asOf, timeKind: 'dates', learntAt }).sources[0];
    };
    assert.equal(weekly(972)?.usualPauseDays, 7);
    assert.equal(weekly(972)?.silent, false);
    assert.equal(weekly(971)?.silent, true);
    assert.equal(weekly(971)?.ageDays, 29);
  });

  it('gives a daily source a week, and says of one day nothing at all', () => {
    const silent = (days: number, first: number, last: number) =>
      findFreshness(
        { ...nothing, sources: [source(days, first, last)] },
        { model: aModel(), asOf, timeKind: 'dates', learntAt },
      ).sources[0]?.silent;
    assert.equal(silent(100, 894, 993), false);
    assert.equal(silent(100, 893, 992), true);
    assert.equal(silent(1, 10, 10), false);
  });

  it('calls a criterion stale when half of what is known is older than a year, or no signal is left for it', () => {
    const model = aModel({
      criteria: [aCriterion('industry', []), aCriterion('visits', [], { field: 'signals' })],
    });
    const ages = (medianDays: number, live: number): DataAges => ({
      ...{ sources: [], fields: [{ field: 'industry', accounts: 5, medianDays }] },
      signals: [{ kind: 'page_view', rows: 8, live, last: asOf - 3 * day }],
    });
    const stale = (medianDays: number, live: number) =>
      findFreshness(ages(medianDays, live), { model, asOf, timeKind: 'dates', learntAt })
        .criteria.filter((criterion) => criterion.stale)
        .map(({ key }) => key);
    assert.deepEqual(stale(365, 1), []);
    assert.deepEqual(stale(366, 0), ['industry', 'visits']);
  });

  it('calls a criterion stale that no analysis has found again for a quarter, and says when one last did', () => {
    const model = aModel({ criteria: [aCriterion('industry', []), aCriterion('by hand', [])] });
    const foundAt = (days: number) =>
      findFreshness(nothing, {
        model,
        asOf,
        timeKind: 'dates',
        learntAt: new Map([['industry', asOf - days * day]]),
      }).criteria.map(({ key, stale, validatedAt, why }) => [key, stale, validatedAt, why] as const);
    const lapsed = 'no analysis has found it again for a quarter';
    assert.deepEqual(foundAt(92).toSorted(), [
      ['by hand', true, null, lapsed],
      ['industry', false, asOf - 92 * day, null],
    ]);
    assert.deepEqual(foundAt(93).toSorted()[1], ['industry', true, asOf - 93 * day, lapsed]);
  });

  it('gives each kind of signal its half-life, and the share that still counts with its interval', () => {
    const ages = { ...nothing, signals: [{ kind: 'page_view', rows: 9, live: 4, last: asOf - 2 * day }] };
    const [kind] = findFreshness(ages, { model: aModel(), asOf, timeKind: 'dates', learntAt }).signals;
    assert.deepEqual([kind?.halfLifeDays, kind?.expiresAfterDays, kind?.ageDays, kind?.live.n], [14, 90, 2, 9]);
    // 4 of 9, as in the worked example of the interval.
    assert.ok(Math.abs((kind?.live.low ?? 0) - 0.189) < 0.001 && Math.abs((kind?.live.high ?? 0) - 0.733) < 0.001);
  });

  it('says nothing of the age of data that has only an order', () => {
    const found = findFreshness(
      { ...nothing, sources: [source(2, 1, 2)] },
      { model: aModel(), asOf, timeKind: 'order', learntAt },
    );
    assert.deepEqual([found.sources, found.signals, found.criteria], [[], [], []]);
  });
});
