import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gradeEvidence } from '../../src/icp/evidence.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import type { FeatureValue } from '../../src/icp/types.ts';
import { aBin, aCriterion, aModel } from '../support/a-model.ts';

const day = 86_400_000;
const now = Date.parse('2026-09-30');
const rate = (n: number) => ({ v: 0.3, low: 0.2, high: 0.4, n });

/** Five criteria of one weight; each gives three points on the word of so many accounts. */
function fiveCriteria(n: number, parts: Partial<IcpModel> = {}): IcpModel {
  const bins = [aBin({ kind: 'is', values: ['x'] }, 30, { rate: rate(n) })];
  return aModel({ criteria: ['a', 'b', 'c', 'd', 'e'].map((key) => aCriterion(key, bins, { weight: 0.2 })), ...parts });
}

function grade(model: IcpModel, known: number, newestAt: number | null = now) {
  const read = (key: string): FeatureValue => ('abcde'.indexOf(key) < known ? 'x' : null);
  return gradeEvidence(model, scoreAccount(model, read), newestAt, now);
}

describe('gradeEvidence', () => {
  it('gives an A without reasons where all is known, fresh and well supported', () => {
    assert.deepEqual(grade(fiveCriteria(100), 5), { grade: 'A', reasons: [] });
  });

  it('takes a grade for a share of what is known under 80 %, and two under 50 %', () => {
    assert.equal(grade(fiveCriteria(100), 4).grade, 'A');
    assert.equal(grade(fiveCriteria(100), 3).grade, 'B');
    assert.equal(grade(fiveCriteria(100), 2).grade, 'C');
    assert.match(grade(fiveCriteria(100), 2).reasons.join(), /40 % of the weight/);
  });

  it('takes a grade for what is older than half a year', () => {
    assert.equal(grade(fiveCriteria(100), 5, now - 180 * day).grade, 'A');
    const old = grade(fiveCriteria(100), 5, now - 181 * day);
    assert.deepEqual([old.grade, old.reasons], ['B', ['the newest observation is 181 days old']]);
    assert.equal(grade(fiveCriteria(100), 5, null).grade, 'A', 'what has no date is not called old');
  });

  it('takes a grade for criteria that rest on few accounts, if they move the score', () => {
    assert.equal(grade(fiveCriteria(20), 5).grade, 'A');
    const thin = grade(fiveCriteria(19), 5);
    assert.deepEqual([thin.grade, thin.reasons], ['B', ['5 criteria rest on as few as 19 accounts']]);
    const little = [aBin({ kind: 'is', values: ['x'] }, 19, { rate: rate(3) })];
    assert.equal(grade(aModel({ criteria: [aCriterion('a', little)] }), 5).grade, 'A', '1.9 points move nobody');
  });

  it('starts a provisional model at B and a hypothesis at C, and never falls below D', () => {
    assert.equal(grade(fiveCriteria(100, { standing: 'provisional' }), 5).grade, 'B');
    assert.equal(grade(fiveCriteria(100, { standing: 'hypothesis' }), 5).grade, 'C');
    const worst = grade(fiveCriteria(3, { standing: 'hypothesis' }), 1, now - 900 * day);
    assert.equal(worst.grade, 'D');
    assert.equal(worst.reasons.length, 4, 'every shortcoming is said, also past the last grade');
  });

  it('says nothing against a model that has no criteria', () => {
    assert.deepEqual(grade(aModel(), 0), { grade: 'A', reasons: [] });
  });
});
