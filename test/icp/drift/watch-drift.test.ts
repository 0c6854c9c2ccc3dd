import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { watchDrift } from '../../../src/icp/drift/watch-drift.ts';
import { watchedBookOf, watchStart } from '../../../src/icp/drift/watched-book-of.ts';
import { sigmoid } from '../../../src/stats/models/logistic.ts';
import { analysisSetOf } from '../../support/analysis-set.ts';

const set = analysisSetOf({ size: 'box', seed: 7, usage: false, without: ['drift', 'emerging', 'losses'] });
const named = set.market.answerKey.segments.map(({ name, accounts }) => ({
  ...{ id: name, label: name, members: new Set<string>(accounts) },
}));

describe('drift in an analysis set', () => {
  const book = watchedBookOf(set, named);

  it('holds every account once, by its first closed deal, in order of time', () => {
    const first = set.accounts.filter(({ deals }) =>
      deals.some(({ type, outcome }) => type === 'new' && outcome !== 'open'),
    );
    assert.equal(book.deals.length, first.length);
    assert.deepEqual(
      book.deals.map(({ closedAt }) => closedAt),
      book.deals.map(({ closedAt }) => closedAt).toSorted((a, b) => a - b),
    );
  });

  it('foretells as many wins before the watch as there were', () => {
    const before = book.deals.filter(({ closedAt }) => closedAt < book.since);
    const foretold = before.reduce((sum, { logOdds }) => sum + sigmoid(logOdds), 0);
    const won = before.filter((deal) => deal.won).length;
    assert.ok(Math.abs(foretold - won) < 0.05 * won, `${foretold} against ${won}`);
  });

  it('does not change a forecast when an outcome of the watch changes', () => {
    const turned = {
      ...set,
      accounts: set.accounts.map((account) => ({
        ...account,
        deals: account.deals.map((deal) =>
          deal.closedAt !== null && deal.closedAt >= book.since && deal.outcome === 'won'
            ? { ...deal, outcome: 'lost' as const }
            : deal,
        ),
      })),
    };
    const logOdds = (one: typeof book): number[] => one.deals.map((deal) => deal.logOdds);
    assert.deepEqual(logOdds(watchedBookOf(turned, named)), logOdds(book));
  });

  it('puts everybody in the first group and in one tier, and names the segments', () => {
    assert.ok(book.deals.every(({ groups }) => groups[0] === 0));
    const tiers = book.groups.flatMap(({ kind }, place) => (kind === 'tier' ? [place] : []));
    assert.ok(book.deals.every(({ groups }) => groups.filter((place) => tiers.includes(place)).length === 1));
    assert.equal(book.groups.filter(({ kind }) => kind === 'segment').length, named.length);
  });

  it('is plain data, the same twice, and knows whom it watched', () => {
    const findings = watchDrift(set, { groups: named, runs: 100 });
    assert.deepEqual(JSON.parse(JSON.stringify(findings)), findings);
    assert.equal(JSON.stringify(watchDrift(set, { groups: named, runs: 100 })), JSON.stringify(findings));
    assert.equal(findings.watch.customers, set.market.answerKey.counts.customers);
  });

  it('cannot tell where the source has only an order', () => {
    const { verdict, reason } = watchDrift({ ...set, training: { ...set.training, timeKind: 'order' } });
    assert.equal(verdict, 'cannot tell');
    assert.match(reason ?? '', /needs dates/);
  });

  it('finds that wins have stopped half a year ago', () => {
    const { asOf } = set.training;
    const since = asOf - 182 * 86_400_000;
    const accounts = set.accounts.map((account) => ({
      ...account,
      deals: account.deals.map((deal) =>
        deal.closedAt !== null && deal.closedAt >= since && deal.outcome === 'won'
          ? { ...deal, outcome: 'lost' as const }
          : deal,
      ),
    }));
    const { alerts } = watchDrift({ ...set, accounts }, { runs: 200 });
    const all = alerts.find(({ id }) => id === 'win rate: all');
    assert.ok(all !== undefined && all.detectedAt > since && all.detectedAt < since + 92 * 86_400_000);
  });
});

describe('the start of a watch', () => {
  it('is the start of the quarter two years back, or of the middle of a short history', () => {
    const day = (text: string): number => Date.parse(text);
    assert.equal(watchStart(day('2020-01-01'), day('2026-09-15')), day('2024-07-01'));
    assert.equal(watchStart(day('2025-09-30'), day('2026-09-30')), day('2026-01-01'));
  });
});
