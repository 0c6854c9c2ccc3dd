import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Calibrated, CalibratedValues } from '../../src/icp/calibrate-values.ts';
import { ruledOut, usualValues, valuesOfModel, valuesToLearnBy } from '../../src/icp/outcome-values.ts';
import { stages } from '../../src/icp/types.ts';
import { aModel } from '../support/a-model.ts';

const found = (usual: number, value: number, half: number, own: number | null = value): Calibrated => ({
  ...{ usual, value, low: value - half, high: value + half, own, borrowed: 0.5, n: 100 },
});

function calibrated(values: readonly number[], half: number, k: Calibrated | null = null): CalibratedValues {
  return {
    ...{ kind: 'calibrated', sentence: '', accounts: 900, paying: 200, k, order: [] },
    stages: stages.map((stage, at) => ({ stage, ...found(usualValues.stageValues[stage], values[at]!, half) })),
  };
}

describe('the values that a table is learnt by', () => {
  it('are the usual ones without a model, and the ones in force as long as nothing was learnt', () => {
    assert.deepEqual(valuesOfModel(null), usualValues);
    const model = { ...aModel(), stageValues: { accepted: 30, qualified: 40, won: 60, expanded: 88 } };
    assert.deepEqual(valuesOfModel(model).stageValues, model.stageValues);
    assert.deepEqual(valuesToLearnBy(valuesOfModel(model), null), valuesOfModel(model));
    const unsure = { ...calibrated([1, 2, 3, 212], 0), kind: 'cannot tell' as const };
    assert.deepEqual(valuesToLearnBy(usualValues, unsure), usualValues);
  });

  it('stay where the outcomes leave each of them possible, and become the learnt ones where one is ruled out', () => {
    const near = calibrated([27, 43, 67, 81], 20);
    assert.deepEqual(ruledOut(usualValues, near), []);
    assert.deepEqual(valuesToLearnBy(usualValues, near), usualValues);
    const sure = calibrated([27, 43, 67, 81], 10);
    assert.deepEqual(ruledOut(usualValues, sure), ['expanded']);
    const next = valuesToLearnBy(usualValues, sure);
    assert.deepEqual(next, { stageValues: { accepted: 27, qualified: 43, won: 67, expanded: 81 }, k: usualValues.k });
    assert.deepEqual(valuesToLearnBy(next, calibrated([29, 42, 66, 81], 10)), next, 'and then they stay in turn');
  });

  it('have the bite of the detractor judged for itself, and on the edge of the interval nothing is ruled out', () => {
    const near = [22, 38, 58, 100];
    assert.equal(valuesToLearnBy(usualValues, calibrated(near, 5, found(0.75, 0.5, 0.1))).k, 0.5);
    assert.deepEqual(
      valuesToLearnBy(usualValues, calibrated(near, 5, found(0.75, 0.5, 0.1))).stageValues,
      usualValues.stageValues,
    );
    assert.equal(valuesToLearnBy(usualValues, calibrated(near, 5, found(0.75, 0.5, 0.25))).k, 0.75);
    assert.equal(valuesToLearnBy(usualValues, calibrated(near, 5, found(0.75, 0.5, 0.1, null))).k, 0.75, 'only usual');
  });
});
