import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { crossFittedAipw } from '../../src/stats/causal/cross-fitted-aipw.ts';
import { crossFittedPropensity } from '../../src/stats/causal/cross-fitted-propensity.ts';
import { crossFittedRidge } from '../../src/stats/causal/cross-fitted-ridge.ts';
import { boundingFactor, eValue } from '../../src/stats/causal/e-value.ts';
import { overlapOf } from '../../src/stats/causal/overlap.ts';
import { columnVariances, sparseRows } from '../../src/stats/models/sparse-rows.ts';
import { createRandom } from '../../src/stats/random.ts';
import { causalFolder, ihdp, lalonde } from '../bench/causal-data.ts';
import { agree, causalFigures, referenceTable } from './causal-reference.ts';

const { rows, aipw } = causalFigures;
const each = new Float64Array(rows.won.length).fill(1);
const variance = columnVariances(referenceTable, each);

describe('the guesses of the other folds', () => {
  it('are those of scikit-learn for the chance of treatment', () => {
    const chance = crossFittedPropensity(referenceTable, rows.treated, rows.fold, each, variance);
    assert.ok(agree(chance, causalFigures.propensity, 1e-4));
  });

  it('are those of numpy for the outcome in an arm', () => {
    const control = rows.treated.map((is) => 1 - is);
    const without = crossFittedRidge(referenceTable, rows.outcome, control, rows.fold, each, variance);
    assert.ok(agree(without, causalFigures.without, 1e-8));
  });

  it('say so where no row outside a fold belongs to the arm', () => {
    const table = sparseRows([[1, 1, 1, 1]]);
    assert.throws(() => crossFittedRidge(table, [1, 2, 3, 4], [1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1], [0]), {
      code: 'rank_deficient',
    });
  });
});

describe('augmented inverse probability weighting', () => {
  for (const kind of ['all', 'treated'] as const) {
    it(`has the effect and the standard error that numpy and scikit-learn give, of ${kind}`, () => {
      const found = crossFittedAipw({ ...rows, table: referenceTable, of: kind, trim: 0 });
      assert.ok(agree([found.effect, found.standardError], [aipw[kind].effect, aipw[kind].se], 1e-4));
    });
  }

  it('counts a row of weight two as two rows of the same fold, but for the spread between the two', () => {
    const twice = [...rows.first.keys(), ...rows.first.keys()];
    const again = (values: readonly number[]): number[] => twice.map((row) => values[row]!);
    const double = crossFittedAipw({
      table: sparseRows([twice.map(() => 1), again(rows.first), again(rows.flag), again(rows.rare)]),
      ...{ treated: again(rows.treated), outcome: again(rows.outcome), fold: again(rows.fold) },
    });
    const weighted = crossFittedAipw({ ...rows, table: referenceTable, weight: new Float64Array(240).fill(2) });
    assert.ok(Math.abs(double.effect - weighted.effect) < 1e-6);
  });

  it('covers it as well with calmed chances, and by narrower intervals where many columns mean nothing', () => {
    const random = createRandom(8);
    const samples = 40;
    let covered = 0;
    let narrower = 0;
    for (let sample = 0; sample < samples; sample += 1) {
      const n = 600;
      const draw = (): number[] => Array.from({ length: n }, () => random.normal());
      const behind = draw();
      const noise = Array.from({ length: 20 }, draw);
      const treated = behind.map((of) => (random.next() < 1 / (1 + Math.exp(0.7 - 0.6 * of)) ? 1 : 0));
      const outcome = behind.map((of, row) => of + 0.5 * treated[row]! + random.normal());
      const table = sparseRows([behind.map(() => 1), behind, ...noise]);
      const input = { table, treated, outcome, fold: behind.map((_, row) => row % 5) };
      const [bold, calm] = [crossFittedAipw(input), crossFittedAipw({ ...input, calmed: true })];
      if (Math.abs(calm.effect - 0.5) <= 1.96 * calm.standardError) covered += 1;
      if (calm.standardError < bold.standardError) narrower += 1;
    }
    assert.ok(covered >= 35, `${covered} of ${samples} covered`);
    assert.ok(narrower >= 36, `${narrower} of ${samples} narrower`);
  });

  it('covers a true effect in about 95 of 100 confounded samples, where the plain difference hardly ever does', () => {
    const random = createRandom(5);
    const samples = 200;
    let [covered, fooled] = [0, 0];
    for (let sample = 0; sample < samples; sample += 1) {
      const n = 300;
      const behind = Array.from({ length: n }, () => random.normal());
      const treated = behind.map((of) => (random.next() < 1 / (1 + Math.exp(-of)) ? 1 : 0));
      const outcome = behind.map((of, row) => of + 0.5 * treated[row]! + random.normal());
      const fold = behind.map((_, row) => row % 5);
      const table = sparseRows([behind.map(() => 1), behind]);
      const { effect, standardError } = crossFittedAipw({ table, treated, outcome, fold });
      if (Math.abs(effect - 0.5) <= 1.96 * standardError) covered += 1;
      const plain = crossFittedAipw({ table: sparseRows([behind.map(() => 1)]), treated, outcome, fold });
      if (Math.abs(plain.effect - 0.5) <= 1.96 * plain.standardError) fooled += 1;
    }
    // Three standard deviations of a count out of 200 either way of 95 %.
    assert.ok(covered >= 180 && covered <= 199, `${covered} of ${samples}`);
    assert.ok(fooled <= 20, `${fooled} of ${samples}`);
  });

  it('refuses to compare where one side is empty', () => {
    const table = sparseRows([[1, 1, 1, 1]]);
    const of = { table, outcome: [1, 2, 3, 4], fold: [0, 1, 0, 1] };
    assert.throws(() => crossFittedAipw({ ...of, treated: [0, 0, 0, 0] }));
  });
});

describe('overlap', () => {
  it('leaves out rows without a counterpart, fewer of them where few are treated at all', () => {
    const half = overlapOf(Float64Array.of(0.02, 0.5, 0.5, 0.98), [0, 1, 0, 1], [1, 1, 1, 1], {
      trim: 0.05,
      of: 'all',
    });
    assert.deepEqual(half.kept, [1, 2]);
    const few = Float64Array.from({ length: 20 }, () => 0.03);
    const treated = Array.from({ length: 20 }, (_, row) => (row === 0 ? 1 : 0));
    const { kept } = overlapOf(few, treated, new Float64Array(20).fill(1), { trim: 0.05, of: 'all' });
    assert.equal(kept.length, 20);
  });

  it('is worth as many comparisons as there are rows where all chances are alike', () => {
    const chance = Float64Array.of(0.5, 0.5, 0.5, 0.5);
    const { overlap } = overlapOf(chance, [1, 1, 0, 0], [1, 1, 1, 1], { trim: 0.05, of: 'all' });
    assert.ok(Math.abs(overlap.effective - 2) < 1e-12 && overlap.kept === 1);
  });
});

describe('E-values', () => {
  it('are those of the worked example of VanderWeele and Ding: 7.26 for a ratio of 3.9, 3.0 for its limit of 1.8', () => {
    assert.ok(Math.abs(eValue(3.9) - 7.26) < 0.005 && Math.abs(eValue(1.8) - 3) < 0.005);
  });

  it('need a factor just strong enough: one of that strength on both sides explains the ratio exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: 1.001, max: 50, noNaN: true }), (ratio) => {
        const strength = eValue(ratio);
        return Math.abs(boundingFactor(strength, strength) - ratio) < 1e-6 * ratio;
      }),
    );
  });

  it('are the same for a ratio and its inverse, and 1 where nothing needs explaining', () => {
    assert.ok(Math.abs(eValue(0.5) - eValue(2)) < 1e-12);
    assert.equal(eValue(1), 1);
    assert.throws(() => eValue(0), /above 0, got 0/);
    assert.throws(() => boundingFactor(0.5, 2), /at least 1, got 0.5/);
    assert.equal(boundingFactor(Number.POSITIVE_INFINITY, 3), 3);
  });
});

describe('the public causal benchmarks', () => {
  it('come out at least as near as the same estimator of other tools, and cover', (t) => {
    if (causalFolder === null) return t.skip('shared/data/causal is not beside the checkout');
    const errors = [1, 2, 3, 4, 5].map((replication) => {
      const data = ihdp(causalFolder ?? '', replication);
      const { effect, standardError } = crossFittedAipw(data);
      return { error: effect - data.truth, covers: Math.abs(effect - data.truth) <= 1.96 * standardError };
    });
    const rmse = Math.sqrt(errors.reduce((sum, { error }) => sum + error ** 2, 0) / 5);
    // The stored figure of the logistic and ridge variant of scikit-learn is 0.172.
    assert.ok(rmse <= 0.172, `rmse ${rmse}`);
    assert.ok(errors.filter(({ covers }) => covers).length >= 4);
    const experiment = lalonde(causalFolder, 'exp');
    const found = crossFittedAipw({ ...experiment, of: 'treated' });
    assert.ok(Math.abs(found.effect - experiment.truth) <= 88, `off by ${found.effect - experiment.truth}`);
  });

  it('fail the placebo that must fail: training cannot have lowered the earnings of the year before', (t) => {
    if (causalFolder === null) return t.skip('shared/data/causal is not beside the checkout');
    const { effect, standardError } = crossFittedAipw({ ...lalonde(causalFolder, 'psid1', true), of: 'treated' });
    assert.ok(effect + 1.96 * standardError < 0, `${effect} with error ${standardError}`);
  });
});
