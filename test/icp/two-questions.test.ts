import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { modelOfHypothesis, parseHypothesis } from '../../src/icp/hypothesis.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import { twoQuestions } from '../../src/icp/two-questions.ts';
import { aBin, aCriterion, aModel } from '../support/a-model.ts';

const present = { kind: 'is', values: ['present'] } as const;

/** Two criteria: one of fit and one of timing, worth so many tenths. */
function twoSided(fit: number, timing: number | null): IcpModel {
  const criteria = [aCriterion('fit', [aBin(present, fit)])];
  if (timing !== null)
    criteria.push(aCriterion('move', [aBin(present, timing)], { layer: 'behavioural', part: 'timing' }));
  return aModel({ criteria });
}

const ask = (model: IcpModel, recent: number | null = null) =>
  twoQuestions(
    model,
    scoreAccount(model, () => 'present'),
    recent,
  );

describe('twoQuestions', () => {
  it('keeps fit and timing apart, each with its own points', () => {
    const { fit, timing } = ask(twoSided(210, 40));
    assert.deepEqual(
      [fit, timing],
      [
        { verdict: 'yes', points: 210 },
        { verdict: 'yes', points: 40, signals: null },
      ],
    );
  });

  it('calls an account that fits and shows nothing early, not bad', () => {
    assert.equal(ask(twoSided(201, 0)).label, 'fit, early');
    assert.equal(ask(twoSided(201, -60)).label, 'fit, early');
    assert.equal(ask(twoSided(200, 0)).label, null, 'exactly 70.0 is not above the cut');
    assert.equal(ask(twoSided(201, 10)).label, null, 'a little is something');
  });

  it('calls one that does not fit and shows a lot active, to be looked at', () => {
    assert.equal(ask(twoSided(-101, 30)).label, 'off-profile, active: investigate');
    assert.equal(ask(twoSided(-100, 30)).label, null, 'exactly 40.0 is partly');
    assert.equal(ask(twoSided(-101, 29)).label, null);
  });

  it('goes by the signals where the model says nothing about timing, and cannot tell where there are none to go by', () => {
    const verdicts = [null, 0, 4, 5].map((recent) => ask(twoSided(300, null), recent).timing.verdict);
    assert.deepEqual(verdicts, ['cannot tell', 'no', 'a little', 'yes']);
    assert.equal(ask(twoSided(300, null), null).label, null, 'nobody looked, so nobody can call it early');
  });

  it('finds the same two labels under points by hand, whose fit layers cannot reach 70 by themselves', () => {
    const file = join(import.meta.dirname, '../../hypotheses/four-layers.yaml');
    const model = modelOfHypothesis(parseHypothesis(parse(readFileSync(file, 'utf8'))), {
      ...{ book: 'main', asOf: 0, seed: 1, historyDays: null },
      counts: { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 },
    });
    const fits = {
      employees: 100,
      industry: 'SaaS',
      growth_velocity: 0.3,
      tech_hubspot: 'present',
      tech_complexity: 3,
    };
    const moves = { days_since_last_activity: 3, engagement_intensity: 1, pain_phrases: 2 };
    const labelOf = (values: Record<string, string | number>) =>
      twoQuestions(
        model,
        scoreAccount(model, (key) => values[key] ?? null),
        null,
      ).label;
    assert.equal(labelOf(fits), 'fit, early');
    assert.equal(labelOf({ ...fits, ...moves }), null);
    assert.equal(labelOf(moves), 'off-profile, active: investigate');
    assert.equal(labelOf({}), null);
  });

  it('says partly of everybody under a model without criteria', () => {
    assert.equal(ask(aModel()).fit.verdict, 'partly');
    assert.equal(ask(aModel({ kind: 'points' })).fit.verdict, 'partly');
  });
});
