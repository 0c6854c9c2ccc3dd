import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import { isLowEvidence } from '../../../src/icp/evidence.ts';
import { explainRejections } from '../../../src/icp/hypotheses/explain-rejections.ts';
import { forecastLater } from '../../../src/icp/impact/later-forecasts.ts';
import { createSupportOfForecast } from '../../../src/icp/impact/support-of-forecast.ts';
import { aBook } from './a-book.ts';

/** A book of which nothing was known of every third account before its first touch. */
function halfKnown(rows: number): AnalysisSet {
  const set = aBook({ rows, accepted: () => 0.5 });
  const { fit } = set.training;
  const columns = fit.table.columns.map((column) => column.map((value, row) => (row % 3 === 0 ? null : value)));
  return { ...set, training: { ...set.training, fit: { ...fit, table: { ...fit.table, columns } } } };
}

describe('what stood behind a forecast', () => {
  const set = halfKnown(700);
  const forecasts = forecastLater(set);
  assert.ok(forecasts !== null);

  it('is a range around the very score, and low evidence where little was known under a table of few wins', () => {
    const supportOf = createSupportOfForecast(set, forecasts);
    const isThin = forecasts.origins.map(({ won, learntOn }) => won < 100 || learntOn - won < 100);
    let low = 0;
    for (const [at, row] of forecasts.rows.entries()) {
      const { evidence, range } = supportOf(at);
      const score = forecasts.score[at]!;
      assert.ok(range !== null && range.low <= score && score <= range.high, JSON.stringify({ score, range }));
      if (row % 3 !== 0) assert.equal(isLowEvidence(evidence), false);
      else assert.equal(isLowEvidence(evidence), isThin[forecasts.origin[at]!]);
      if (isLowEvidence(evidence)) low++;
    }
    assert.ok(low > 10 && low < forecasts.rows.length, `${low} of ${forecasts.rows.length}`);
  });

  it('is kept with the accounts on which reps and the model part, where it is little, and only there', () => {
    const support = createSupportOfForecast(set, forecasts);
    // As if the model had put all of whom it knew little into tier 1, and the others into tier 3.
    const tier = forecasts.tier.map((_, at) => (isLowEvidence(support(at).evidence) ? 1 : 3));
    const { disagreements } = explainRejections(set, { ...forecasts, tier });
    const ids = set.training.fit.table.accountIds;
    const place = new Map([...forecasts.rows].map((row, at) => [ids[row]!, at]));
    assert.ok(disagreements.some((each) => each.support !== undefined));
    assert.ok(disagreements.some((each) => each.support === undefined));
    for (const { id, support: kept } of disagreements) {
      const found = support(place.get(id)!);
      assert.deepEqual(kept, isLowEvidence(found.evidence) ? found : undefined);
    }
  });

  it('leaves findings as they were where all was known', () => {
    const { disagreements } = explainRejections(aBook({ accepted: () => 0.5 }));
    assert.ok(disagreements.length > 0 && disagreements.every((each) => !('support' in each)));
  });
});
