import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayMs } from '../../../src/icp/features/calendar.ts';
import { modelOfHypothesis, parseHypothesis } from '../../../src/icp/hypothesis.ts';
import { backtest } from '../../../src/icp/impact/backtest.ts';
import { measureCalibration } from '../../../src/icp/impact/calibration.ts';
import { checkBias } from '../../../src/icp/impact/check-bias.ts';
import { compareScorings } from '../../../src/icp/impact/compare-scorings.ts';
import { knownAt } from '../../../src/icp/impact/known-at.ts';
import { forecastLater } from '../../../src/icp/impact/later-forecasts.ts';
import { measureImpact } from '../../../src/icp/impact/measure-impact.ts';
import { toldForecasts } from '../../../src/icp/impact/told-forecasts.ts';
import { planted } from '../fit-support.ts';
import { aBook } from './a-book.ts';

const book = aBook();
const forecasts = forecastLater(book);
assert.ok(forecasts !== null);

const written = (industry: string) =>
  modelOfHypothesis(
    parseHypothesis({
      name: 'by hand',
      rules: [{ key: 'industry', label: industry, layer: 'firmographic', when: { is: [industry] }, points: 80 }],
    }),
    { book: 'test', asOf: book.training.asOf, counts: book.training.counts, historyDays: 1460, seed: 1 },
  );

describe('forecasts of later accounts', () => {
  it('know nothing that happened after their origin', () => {
    const at = forecasts.origins[0]?.at ?? 0;
    const { fit } = book.training;
    const later = [...fit.reached.won.keys()].filter(
      (row) => fit.reached.won[row] !== null && fit.touchedAt[row]! + 365 * dayMs > at,
    );
    const won = [...fit.reached.won];
    for (const [nth, row] of later.entries()) won[row] = fit.reached.won[later.at(nth - 1)!]!;
    assert.notDeepEqual(won, fit.reached.won);
    const other = { ...book, training: { ...book.training, fit: { ...fit, reached: { ...fit.reached, won } } } };
    const again = forecastLater(other);
    const first = forecasts.origins[0]?.forecast ?? 0;
    assert.ok(first > 100 && again !== null);
    assert.equal(again.origins[0]?.at, at);
    assert.deepEqual(again.probability.won.slice(0, first), forecasts.probability.won.slice(0, first));
  });

  it('are learnt on accounts that were old enough to tell', () => {
    const at = book.training.asOf - 365 * dayMs;
    const row = book.training.fit.touchedAt.findIndex((touched) => touched >= at);
    const { won } = knownAt(book, { row, at }).fit.reached;
    const young = book.training.fit.touchedAt.findIndex((touched) => touched + 365 * dayMs > at);
    assert.ok(young > 0 && young < row);
    assert.ok(
      won.slice(0, young).every((value) => value !== null) && won.slice(young).every((value) => value === null),
    );
  });

  it('are none where too few were won', () => {
    assert.equal(forecastLater(aBook({ won: () => -6 })), null);
  });

  it('take what became of accounts since where there is only an order', () => {
    const ordered = forecastLater({ ...book, training: { ...book.training, timeKind: 'order' } });
    assert.equal(ordered?.labels, 'now');
    assert.ok(ordered.origins.every(({ at }) => at === null));
  });
});

describe('the calibration card', () => {
  it('lets probabilities stand that came true', () => {
    const { mode, bands, n } = measureCalibration(book, { forecasts });
    assert.equal(mode, 'probabilities');
    assert.equal(
      bands.reduce((sum, { happened }) => sum + happened.n, 0),
      n,
    );
  });

  it('falls back to ranks, and says for whom, when the market turns', () => {
    let row = 0;
    const turned = aBook({ won: (account) => planted(account) - (row++ > 1100 ? 2 : 0) });
    const { mode, reason } = measureCalibration(turned);
    assert.equal(mode, 'ranks');
    assert.match(reason, /we said .* happened \(n = \d+\)/);
  });

  it('does not vouch for what cannot be checked', () => {
    const { mode, reason } = measureCalibration(aBook({ won: () => -6 }));
    assert.equal(mode, 'ranks');
    assert.match(reason, /20 are needed/);
  });
});

describe('the backtest', () => {
  it('puts a written ICP that is wrong behind the table, on the same accounts', () => {
    const { leaderboards } = backtest(book, { forecasts, hypothesis: written('retail') });
    const rows = leaderboards[0]?.rows ?? [];
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['champion', 'written'],
    );
    assert.equal(rows[1]?.againstChampion?.verdict, 'worse');
    assert.ok(rows.every(({ auc }) => auc.n === leaderboards[0]?.n));
  });

  it('gives no rank to a version that learnt from the test', () => {
    const model = { ...written('logistics'), kind: 'learned' as const };
    const { leaderboards } = backtest(book, { forecasts, past: [{ version: 3, model }] });
    const row = leaderboards[0]?.rows.find(({ version }) => version === 3);
    assert.equal(row?.sawTest, true);
    assert.equal(row?.rank, null);
  });

  it('sets points by hand beside the learnt score', () => {
    const compared = compareScorings(book, written('retail'), forecasts);
    assert.ok(compared !== null && compared.difference.low > 0);
    const inBands = (read: 'old' | 'learned') => compared.bands.reduce((sum, band) => sum + (band[read]?.n ?? 0), 0);
    assert.deepEqual([inBands('old'), inBands('learned')], [compared.n, compared.n]);
  });
});

describe('the impact metrics', () => {
  const impact = measureImpact(book, { forecasts });

  it('count every deal of an account with a tier once, lost ones too', () => {
    const deals = impact.byTier.reduce((sum, { won, lost, open }) => sum + won + lost + open, 0);
    assert.equal(deals, impact.accounts);
    for (const { won, lost, winRate } of impact.byTier) assert.equal(winRate?.n ?? 0, won + lost);
  });

  it('find that tier 1 is won more often', () => {
    const across = impact.expectations.find(({ metric, across: over }) => metric === 'win rate' && over === 'tiers');
    assert.equal(across?.verdict, 'as expected');
  });

  it('add up at the cut of tier 1', () => {
    const told = toldForecasts(book, forecasts);
    const { wonInTier1, notWonInTier1, wonElsewhere, notWonElsewhere } = impact.errors ?? assert.fail();
    assert.equal(wonInTier1 + wonElsewhere, told.events);
    assert.equal(wonInTier1 + notWonInTier1 + wonElsewhere + notWonElsewhere, told.outcome.length);
  });

  it('mark cells of fewer than ten accounts', () => {
    const cells = impact.sources.flatMap(({ tiers }) => tiers);
    assert.ok(cells.some(({ few }) => few));
    assert.ok(cells.every(({ few, rate }) => few === (rate?.n ?? 0) < 10));
  });

  it('hold tier 1 against the band and the pipeline against the targets that are set', () => {
    const targets = { 1: 1_000, 2: 500, 3: 0 };
    const { tam, pipeline } = measureImpact(book, { forecasts, targets, tamBand: { low: 0.999, high: 1 } });
    assert.deepEqual([tam?.verdict, tam?.band], ['too narrow', { low: 0.999, high: 1 }]);
    assert.equal(pipeline.basis, 'targets');
    for (const { tier, open, target, coverage } of pipeline.tiers) {
      assert.equal(target, targets[tier] || null);
      assert.equal(coverage, targets[tier] === 0 ? null : Math.round((open / targets[tier]) * 100) / 100);
    }
  });

  it('give the same bytes twice, and nothing that JSON loses', () => {
    const again = measureImpact(book, { forecasts: forecastLater(book) });
    assert.equal(JSON.stringify(again), JSON.stringify(impact));
    assert.deepEqual(JSON.parse(JSON.stringify(impact)), impact);
  });
});

describe('the check for bias', () => {
  it('finds nothing where every quarter was alike, and counts everybody', () => {
    const { recency, survivorship, changed } = checkBias(aBook({ accepted: planted }));
    assert.equal(recency, 'not biased');
    assert.deepEqual(changed, []);
    const { won, lost, undecided, touched } = survivorship;
    assert.equal(won + lost + undecided, touched);
  });

  it('finds a criterion that turned round in the last quarter', () => {
    let row = 0;
    const turned = aBook({ accepted: (account) => (row++ > 2210 ? -1 : 1) * planted(account) });
    const { recency, changed } = checkBias(turned);
    assert.equal(recency, 'biased');
    assert.ok(
      changed.some(({ key, stage, now }) => key === 'industry' && stage === 'accepted' && now === 'turned round'),
    );
  });

  it('says what is missing where nothing can be learnt', () => {
    const { recency, missing } = checkBias(aBook({ won: () => -6 }));
    assert.equal(recency, 'cannot tell');
    assert.match(missing ?? '', /50 are needed/);
  });
});
