import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { watchBook } from '../../../src/icp/drift/watch-book.ts';
import { type WatchedBook, weekMs } from '../../../src/icp/drift/watched-book.ts';
import { stabilityTest } from '../../../src/stats/drift/stability-test.ts';
import { driftBookOf } from '../../support/drift-book.ts';

const quarter = 91;
const drift = { from: quarter, fall: 1 / 3, churnFrom: 2 * quarter, churnRatio: 6 };
const options = { runs: 200 };
const seeds = [1, 2, 3, 4, 5];
const story = { dealsPerYear: 6000, segmentShare: 0.25, segmentWinRate: 0.45, days: 3 * quarter, drift };

describe('a watched book', () => {
  const books = seeds.map((seed) => driftBookOf({ seed, ...story }));
  const found = books.map((book) => watchBook(book, options));

  it('notices within a quarter that a segment is won a third less often, and names it', () => {
    const named = found.filter(({ alerts, watch }) => {
      const alert = alerts.find(({ group }) => group.id === 'segment-0');
      if (alert === undefined || alert.monitor !== 'win rate' || alert.sameAs !== null) return false;
      const week = (alert.detectedAt - watch.since) / weekMs;
      return week > 13 && week <= 26 && alert.change.low < -1 / 3 && alert.change.high > -1 / 3;
    });
    assert.ok(named.length >= 4, `${named.length} of 5`);
  });

  it('links the churn that follows to the alert before it, with the days between', () => {
    const own = found.flatMap(({ links }) => links).filter(({ group }) => group.id === 'segment-0');
    assert.ok(own.length >= 4, `${own.length} of 5`);
    // The first leavers of the usual kind may fall just before the wave, which begins in week 26.
    const waves = own.map(({ waveAt }) => (waveAt - books[0]!.since) / weekMs);
    assert.ok(waves.filter((wave) => wave >= 24 && wave <= 28).length >= own.length / 2, waves.join(', '));
    for (const link of own) {
      assert.equal(link.leadDays, (link.waveAt - link.alertAt) / 86_400_000);
      assert.ok(link.ratio.low > 1 && link.left > link.expected);
    }
  });

  it('says where customers leave that they had been won less often, and not where they had not', () => {
    const watched = driftBookOf({ seed: 3, segmentShare: 0.25, segmentWinRate: 0.45, days: 3 * quarter, drift });
    const findings = watchBook(watched, options);
    const churn = findings.alerts.filter(({ monitor }) => monitor === 'churn');
    assert.ok(
      churn.some(({ group }) => group.id === 'segment-0'),
      'the wave of churn is noticed',
    );
    const fall = findings.earlier.find(({ group }) => group.id === 'segment-0');
    assert.ok(fall !== undefined && fall.change.high < 0 && fall.chance <= 0.05);
    const kept = driftBookOf({ seed: 3, segmentShare: 0.25, days: 3 * quarter, drift: { ...drift, fall: 0 } });
    const others = watchBook(kept, options);
    assert.ok(others.alerts.some(({ monitor }) => monitor === 'churn'));
    assert.deepEqual(others.earlier, []);
  });

  it('says that the same accounts show it where a stronger alert has them already', () => {
    const alerts = found[0]!.alerts;
    for (const { sameAs } of alerts) {
      if (sameAs !== null) assert.equal(alerts.find(({ id }) => id === sameAs)?.sameAs, null);
    }
    assert.equal(new Set(alerts.map(({ id }) => id)).size, alerts.length);
  });

  it('stays silent in two years without drift, but for about one in thirty', () => {
    const loud = Array.from({ length: 12 }, (_, seed) => driftBookOf({ seed: seed + 500, dealsPerYear: 600 })).filter(
      (book) => watchBook(book, options).alerts.length > 0,
    );
    assert.ok(loud.length <= 3, `${loud.length} of 12`);
  });

  it('says how small a fall it would have noticed, and that with few deals there is none', () => {
    const [all] = watchBook(driftBookOf({ seed: 7, dealsPerYear: 8000, days: 200 }), options).reach;
    assert.ok(all?.fall != null && all.fall > 0.05 && all.fall < 0.3, `${all?.fall}`);
    const [few] = watchBook(driftBookOf({ seed: 7, dealsPerYear: 60, days: 200, customers: 50 }), options).reach;
    assert.equal(few?.fall, null);
    assert.ok(all.chanceOfThird > 0.95 && few!.chanceOfThird < 0.2, `${all.chanceOfThird}, ${few?.chanceOfThird}`);
  });

  it('finds what it found before with a week more of history', () => {
    const book = books[2]!;
    const earlier: WatchedBook = {
      ...book,
      until: book.until - weekMs,
      deals: book.deals.filter(({ closedAt }) => closedAt < book.until - weekMs),
    };
    const dayOf = (one: WatchedBook): number | undefined =>
      watchBook(one, options).alerts.find(({ id }) => id === 'win rate: segment-0')?.detectedAt;
    assert.ok(Math.abs(dayOf(earlier)! - dayOf(book)!) <= weekMs);
  });

  it('gives the same bytes twice', () => {
    const book = driftBookOf({ seed: 4, ...story, dealsPerYear: 1000 });
    assert.equal(JSON.stringify(watchBook(book, options)), JSON.stringify(watchBook(book, options)));
  });

  it('cannot tell without history, without wins, and before the watch is four weeks old', () => {
    const book = driftBookOf({ seed: 5, dealsPerYear: 500, days: 100 });
    const empty = watchBook({ ...book, deals: [], customers: [] });
    assert.equal(empty.verdict, 'cannot tell');
    assert.match(empty.reason ?? '', /needs 100 closed deals with 20 won .* got 0 with 0; import more history/);
    const lost = { ...book, deals: book.deals.map((deal) => ({ ...deal, won: false })) };
    assert.match(watchBook(lost).reason ?? '', /with 0; import/);
    assert.match(watchBook({ ...book, until: book.since + weekMs }).reason ?? '', /needs 4 weeks .* got 1; ask again/);
  });

  it('has numbers only, also where nobody is a customer', () => {
    const book = driftBookOf({ seed: 6, dealsPerYear: 500, days: 200 });
    const findings = watchBook({ ...book, customers: [] }, options);
    assert.deepEqual(JSON.parse(JSON.stringify(findings)), findings);
  });
});

describe('the watch of features', () => {
  const calm = [500, 300, 200];
  const bookWith = (quarters: number[][]): WatchedBook => ({
    ...driftBookOf({ seed: 9, dealsPerYear: 400, days: 400, customers: 50 }),
    traits: [{ key: 'industry', label: 'Industry', bins: ['A', 'B', 'C'], quarters }],
  });

  it('names the quarter and the bin that moved, against the year before', () => {
    const book = bookWith([calm, calm, calm, calm, calm, [200, 300, 500], calm]);
    const alert = watchBook(book, options).alerts.find(({ monitor }) => monitor === 'features');
    assert.equal(alert?.group.label, 'C');
    assert.equal(alert.detectedAt, book.since + 26 * weekMs);
    assert.equal(alert.observed.v, 0.5);
    assert.equal(alert.expected, 0.2);
    assert.equal(alert.index, stabilityTest([2000, 1200, 800], [200, 300, 500]).index);
  });

  it('keeps silent about a shift that is certain and small, and about one that few accounts show', () => {
    for (const moved of [
      [460, 310, 230],
      [5, 4, 6],
    ]) {
      const { alerts } = watchBook(bookWith([calm, calm, calm, calm, moved]), options);
      assert.deepEqual(
        alerts.filter(({ monitor }) => monitor === 'features'),
        [],
      );
    }
  });
});
