import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fitIcpModel } from '../../src/icp/fit-model.ts';
import { predictTable } from '../../src/icp/fit-predict.ts';
import { areaUnderCurve } from '../../src/stats/models/auc.ts';
import { logLoss } from '../../src/stats/models/log-loss.ts';
import { readTask, rowsOf, sharedFolder, trainingSetOf } from '../bench/tasks.ts';

const here = existsSync(resolve(sharedFolder, 'data/tasks'));
const absent = 'shared/data/tasks is not beside the checkout';

/** Learns on the earlier rows; hands back the verdict and what was said of the later ones. */
function learnEarlier(name: string) {
  const task = readTask(name);
  const rows = [...task.outcome.keys()];
  const later = rows.filter((row) => task.timeSplit[row] === 'test');
  const earlier = rows.filter((row) => task.timeSplit[row] === 'train');
  const { model, verdict } = fitIcpModel(trainingSetOf(task, earlier), { seed: 1 });
  return { model, verdict, asked: rowsOf(task, later), outcome: later.map((row) => task.outcome[row]!) };
}

describe('learning from real books', () => {
  for (const name of ['maven_win', 'maven_win_account_only']) {
    it(`says that nothing predicts where no account attribute does: ${name}`, (t) => {
      if (!here) return t.skip(absent);
      const { model, verdict } = learnEarlier(name);
      assert.equal(model, null);
      assert.equal(verdict.kind, 'nothing predicts');
    });
  }

  it('forecasts later leads of a course seller as well as boosted trees do', (t) => {
    if (!here) return t.skip(absent);
    const { model, asked, outcome } = learnEarlier('xedu_convert_firmo');
    assert.ok(model !== null);
    assert.equal(model.standing, 'provisional');
    const { probability, score } = predictTable(model, asked);
    assert.ok(
      logLoss(outcome, probability.won) < 0.51,
      'five standard models reach 0.499 to 0.508, the base rate 0.674',
    );
    assert.ok(areaUnderCurve(outcome, score) > 0.8, 'five standard models reach 0.80 to 0.82');
  });
});
