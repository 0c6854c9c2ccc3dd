import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { learnTable } from '../../src/icp/fit-learn.ts';
import { pickFitRows } from '../../src/icp/impact/pick-fit-rows.ts';
import { scoreRowsOf } from '../../src/icp/impact/score-rows.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import { scoreRange } from '../../src/icp/score-range.ts';
import type { FeatureTable, FeatureValue } from '../../src/icp/types.ts';
import { createRandom } from '../../src/stats/random.ts';
import { analysisSetOf } from '../support/analysis-set.ts';

// Another market than those that the width was measured on.
const set = analysisSetOf({ size: 'small', seed: 21, usage: false });

function readerOf({ features, columns }: FeatureTable, row: number): (key: string) => FeatureValue {
  const place = new Map(features.map(({ key }, at) => [key, at]));
  return (key) => columns[place.get(key) ?? -1]?.[row] ?? null;
}

describe('scoreRange', () => {
  const { training, model } = set;
  const { reference } = training;
  const rows = [...reference.accountIds.keys()];
  let again: Float64Array[] = [];

  before(() => {
    const random = createRandom('drawn again');
    const n = training.fit.touchedAt.length;
    const options = {
      stageValues: model.stageValues,
      shares: { primary: 0.15, nurture: 0.5 },
      cuts: model.cuts,
      k: 0.75,
    };
    again = Array.from({ length: 10 }, () => {
      const drawn = Array.from({ length: n }, () => random.integer(0, n - 1)).sort((a, b) => a - b);
      const { table } = learnTable(pickFitRows(training, drawn), options);
      return scoreRowsOf({ ...model, ...table }, reference).score;
    });
  });

  it('holds some 95 of 100 scores by tables that were learnt on accounts drawn again', () => {
    // What is not known is not known to any of the tables: only how far a table moves may count here.
    let held = 0;
    for (const row of rows) {
      const scored = scoreAccount(model, readerOf(reference, row));
      const range = scoreRange(model, { ...scored, hits: scored.hits.filter(({ value }) => value !== null) });
      assert.ok(range !== null);
      for (const score of again) if (score[row]! >= range.low && score[row]! <= range.high) held++;
    }
    const share = held / (rows.length * again.length);
    assert.ok(share > 0.9 && share < 0.995, `${share}`);
  });

  it('holds the score that an account would have if what was hidden were known', () => {
    const random = createRandom('hidden');
    // As if learnt on so many that the table hardly moves, so that only what is hidden counts.
    const sure: IcpModel = { ...model, levers: { ...model.levers, won: { ...model.levers.won, events: 1e9 } } };
    let held = 0;
    for (const row of rows) {
      const read = readerOf(reference, row);
      const hidden = new Set(model.criteria.filter(() => random.next() < 0.4).map(({ key }) => key));
      const full = scoreAccount(model, read);
      const range = scoreRange(
        sure,
        scoreAccount(model, (key) => (hidden.has(key) ? null : read(key))),
      );
      assert.ok(range !== null);
      if (full.score / 10 >= range.low && full.score / 10 <= range.high) held++;
    }
    assert.ok(held / rows.length > 0.9, `${held} of ${rows.length}`);
  });

  it('lies around the score, within 0 and 100, and is the wider the less is known', () => {
    const [row = 0] = rows;
    const all = scoreAccount(model, readerOf(reference, row));
    const none = scoreAccount(model, () => null);
    for (const scored of [all, none]) {
      const range = scoreRange(model, scored);
      assert.ok(range !== null && range.low >= 0 && range.high <= 100);
      assert.ok(range.low <= scored.score / 10 && scored.score / 10 <= range.high);
    }
    const width = (scored: typeof all) => {
      const range = scoreRange(model, { ...scored, score: 500, multiplier: 1000 });
      return range === null ? 0 : range.high - range.low;
    };
    assert.ok(width(none) >= width(all));
  });

  it('is unknown where points were set by hand', () => {
    assert.equal(
      scoreRange(
        { ...model, kind: 'points' },
        scoreAccount(model, () => null),
      ),
      null,
    );
  });
});
