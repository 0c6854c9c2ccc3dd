import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitIcpModel } from '../../src/icp/fit-model.ts';
import { predictTable } from '../../src/icp/fit-predict.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import type { stages } from '../../src/icp/types.ts';
import { aFeature, aSet, planted } from './fit-support.ts';

function learn(set: TrainingSet): IcpModel {
  const { model, verdict } = fitIcpModel(set, { seed: 7 });
  assert.ok(model !== null, verdict.sentence);
  return model;
}

function weightOf(model: IcpModel, key: string): number {
  return model.criteria.find((criterion) => criterion.key === key)?.weight ?? 0;
}

function leverOf(model: IcpModel, key: string, value: string, stage: (typeof stages)[number]): number {
  const criterion = model.criteria.find((found) => found.key === key);
  const bin = criterion?.bins.find(({ match }) => match.kind === 'is' && match.values.includes(value));
  return bin?.levers[stage] ?? 0;
}

function share(scores: Float64Array, cut: number): number {
  return scores.filter((score) => score > cut).length / scores.length;
}

describe('learning a model', () => {
  const set = aSet({ rows: 2500 });
  const model = learn(set);

  it('recovers planted effects in their order, and noise last', () => {
    const weights = ['industry', 'growth', 'sequencer', 'noise'].map((key) => weightOf(model, key));
    assert.deepEqual(
      weights,
      weights.toSorted((a, b) => b - a),
    );
    assert.ok(weightOf(model, 'sequencer') > weightOf(model, 'colour'));
    assert.ok(leverOf(model, 'industry', 'logistics', 'won') > 0.8);
    assert.ok(leverOf(model, 'industry', 'retail', 'won') < -0.5);
  });

  it('publishes what is heard and leaves out what chance says', () => {
    const noise = Array.from({ length: 12 }, (_, nth) => ({
      feature: aFeature(`noise_${nth}`, 'category'),
      column: Array.from({ length: 2500 }, (_, row) => `level ${(row * (2 * nth + 7)) % (nth + 11)}`),
    }));
    const keys = learn(aSet({ rows: 2500, extra: noise })).criteria.map(({ key }) => key);
    for (const key of ['industry', 'growth', 'sequencer']) assert.ok(keys.includes(key), key);
    assert.ok(keys.filter((key) => key.startsWith('noise')).length <= 2, keys.join());
  });

  it('calls itself full when there is enough of everything', () => {
    assert.equal(model.standing, 'full');
    assert.ok(model.outOfTime!.gain.low > 0);
    assert.ok(model.outOfTime!.auc.v > 0.7);
  });

  it('has weights that sum to 1.00 exactly, in hundredths, and strengths that follow from them', () => {
    const hundredths = model.criteria.map(({ weight }) => Math.round(weight * 100));
    assert.equal(
      hundredths.reduce((sum, value) => sum + value, 0),
      100,
    );
    for (const { weight, strength } of model.criteria) {
      assert.equal(strength, weight >= 0.15 ? 'must' : weight >= 0.07 ? 'strong' : 'bonus');
    }
  });

  it('publishes whole tenths that are the straight line of the weighted log-odds, to within their rounding', () => {
    assert.ok(Number.isInteger(model.base));
    const bins = model.criteria.flatMap((criterion) => criterion.bins);
    const products = bins.reduce((sum, bin) => sum + bin.points * bin.levers.won, 0);
    const squares = bins.reduce((sum, bin) => sum + bin.levers.won ** 2, 0);
    const perLogit = products / squares;
    for (const bin of bins) {
      assert.ok(Number.isInteger(bin.points));
      assert.ok(Math.abs(bin.points - perLogit * bin.levers.won) < 0.55 + perLogit * 0.0006, bin.label);
    }
  });

  it('lifts the wanted shares of the reference accounts over the cuts', () => {
    const { score } = predictTable(model, set.reference);
    assert.ok(Math.abs(share(score, 70) - 0.15) < 0.01);
    assert.ok(Math.abs(share(score, 40) - 0.5) < 0.01);
  });

  it('is calibrated on the accounts it was learnt on', () => {
    const { probability } = predictTable(model, set.fit.table);
    const expected = probability.won.reduce((sum, p) => sum + p, 0);
    assert.ok(Math.abs(expected - set.counts.won) < 0.02 * set.counts.won);
  });

  it('centres points on the reference accounts', () => {
    for (const criterion of model.criteria) {
      const alone = predictTable({ ...model, base: 5000, criteria: [criterion], detractor: null }, set.reference);
      const sums = criterion.bins.map((bin) => Math.abs(bin.points));
      assert.ok(Math.max(...sums) > 0);
      assert.equal(alone.score.length, set.reference.accountIds.length);
      const counted = set.reference.columns[set.reference.features.findIndex(({ key }) => key === criterion.key)]!;
      const mean =
        counted.reduce<number>((sum, value) => sum + pointsFor(model, criterion.key, value), 0) / counted.length;
      assert.ok(Math.abs(mean) < 0.6, criterion.key);
    }
  });

  it('gives each bin its rate with an interval around it, and a label of its own', () => {
    for (const { bins } of model.criteria) {
      assert.equal(new Set(bins.map(({ label }) => label)).size, bins.length);
      for (const { rate } of bins) assert.ok(rate !== null && rate.low <= rate.v && rate.v <= rate.high && rate.n > 0);
    }
  });

  it('gives the same bytes again', () => {
    assert.equal(JSON.stringify(learn(aSet({ rows: 2500 }))), JSON.stringify(model));
  });

  it('is not moved by a column that nobody knows anything about, nor by one that is the same for all', () => {
    const unknown = set.fit.table.accountIds.map(() => null);
    const same = set.fit.table.accountIds.map(() => 'x');
    const widened = aSet({
      rows: 2500,
      extra: [
        { feature: aFeature('a_number', 'number'), column: unknown },
        { feature: aFeature('a_flag', 'flag'), column: unknown },
        { feature: aFeature('one_level', 'category'), column: same },
      ],
    });
    assert.equal(JSON.stringify(learn(widened)), JSON.stringify(model));
  });

  it('scores an account whose values it has never seen like the average one', () => {
    const strange = {
      features: set.fit.table.features,
      accountIds: ['strange'],
      columns: set.fit.table.features.map(({ type }) => [type === 'category' ? 'never seen' : null]),
    };
    const known = model.criteria.filter(({ type }) => type === 'category');
    const { score } = predictTable({ ...model, criteria: known }, strange);
    assert.equal(score[0], model.base / 10);
  });
});

function pointsFor(model: IcpModel, key: string, value: string | number | null): number {
  const bins = model.criteria.find((criterion) => criterion.key === key)!.bins;
  const bin = bins.find(({ match }) => {
    if (match.kind === 'unknown') return value === null;
    if (match.kind === 'is') return typeof value === 'string' && match.values.includes(value);
    if (match.kind !== 'range' || typeof value !== 'number') return false;
    return (match.from === null || value >= match.from) && (match.to === null || value < match.to);
  });
  return bin?.points ?? 0;
}

describe('learning from noise', () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`says that nothing predicts when nothing does (seed ${seed})`, () => {
      const { model, verdict } = fitIcpModel(aSet({ seed, won: () => -0.4 }), { seed });
      assert.equal(model, null);
      assert.equal(verdict.kind, 'nothing predicts');
      assert.match(verdict.sentence, /nothing here predicts winning yet.*what would help/);
    });
  }

  it('says so as well when there are no features at all', () => {
    const set = aSet();
    const none = { ...set.fit.table, features: [], columns: [] };
    const { model, verdict } = fitIcpModel({ ...set, fit: { ...set.fit, table: none }, reference: none }, { seed: 1 });
    assert.equal(model, null);
    assert.equal(verdict.kind, 'nothing predicts');
  });

  it('takes a win rate that rises for no skill', () => {
    let row = 0;
    const rising = aSet({ won: () => -2 + (row++ * 2) / 1200 });
    assert.equal(fitIcpModel(rising, { seed: 1 }).verdict.kind, 'nothing predicts');
  });
});

describe('a reference population that is not the touched accounts', () => {
  it('falls back to the touched accounts when everybody is a customer', () => {
    const set = aSet();
    const empty = { ...set.reference, accountIds: [], columns: set.reference.columns.map(() => []) };
    const { score } = predictTable(learn({ ...set, reference: empty }), set.fit.table);
    assert.ok(Math.abs(share(score, 40) - 0.5) < 0.01);
  });

  it('meets the shares among accounts that are richer than the touched ones', () => {
    const set = aSet();
    const rich = set.fit.table.accountIds.flatMap((_, row) => (planted({ ...accountAt(set, row) }) > 0 ? [row] : []));
    const reference = {
      features: set.reference.features,
      accountIds: rich.map((row) => `r${row}`),
      columns: set.reference.columns.map((column) => rich.map((row) => column[row]!)),
    };
    const { score } = predictTable(learn({ ...set, reference }), reference);
    assert.ok(Math.abs(share(score, 40) - 0.5) < 0.02);
    assert.ok(Math.abs(share(score, 70) - 0.15) < 0.02);
  });
});

function accountAt(set: TrainingSet, row: number) {
  const [industry, growth, sequencer] = set.fit.table.columns.map((column) => column[row]);
  return {
    industry: String(industry),
    growth: Number(growth),
    sequencer: sequencer === 'absent' ? ('absent' as const) : ('present' as const),
    noise: 0,
    colour: '',
    contract: '',
  };
}
