import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CalibratedValues } from '../../../src/icp/calibrate-values.ts';
import { usualValues } from '../../../src/icp/outcome-values.ts';
import type { RevenueByBasis } from '../../../src/icp/revenue-by-basis.ts';
import { stages } from '../../../src/icp/types.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { calibrationOfValuesReport } from '../../../src/questions/reports/calibration-of-values.ts';
import type { Drawn } from '../../../src/questions/reports/report.ts';
import { reportLines } from '../../../src/questions/reports/report-lines.ts';
import { revenueByBasisReport } from '../../../src/questions/reports/revenue-by-basis.ts';
import { type StandingValues, sayValuesInForce } from '../../../src/questions/reports/values-in-force.ts';

/** Everything that a person reads, with its figures filled in. */
function read({ text, figures, card }: Drawn): string {
  return [text, ...reportLines(card)].map((line) => fillIn(line, figures)).join('\n');
}

const one = { usual: 22, value: 30, low: 20, high: 41, own: 40, borrowed: 0.6, n: 900 };
const values: CalibratedValues = {
  ...{ kind: 'calibrated', sentence: 'from 2,000 touched accounts', accounts: 2_000, paying: 300 },
  stages: stages.map((stage) => ({ ...one, stage })),
  k: { ...one, usual: 0.75, value: 0.7, low: 0.5, high: 0.9, own: null },
  order: [
    { earlier: 'accepted', later: 'qualified', share: 0.1, violated: false },
    { earlier: 'won', later: 'expanded', share: 0.95, violated: true },
  ],
};
const list = { accounts: 300, won: 60, expanded: 20, churned: 5, revenuePerAccount: 4_000 };
const revenue: RevenueByBasis = {
  ...{ kind: 'compared', sentence: 'the same 2,000 touched accounts', share: 0.15, accounts: 2_000, both: 200 },
  ...{ expansion: list, conversion: { ...list, revenuePerAccount: 2_000 } },
  ratio: { v: 2, low: 1.5, high: 2.6, n: 400 },
};

describe('the report on what stages are worth', () => {
  it('says every value with its interval, the usual one, and what is turned round', () => {
    const text = read(calibrationOfValuesReport(values));
    assert.match(text, /expanded 30 \(20 to 41\)|expanded 30\.0 \(20\.0 to 41\.0\)/);
    assert.match(text, /won is worth more than expanded/);
    assert.match(text, /Turned round: in 95\.0 % of the resamples/);
  });

  it('calls an order as expected or turned round only where nine in ten resamples agree', () => {
    const [accepted, qualified, won, expanded] = values.stages;
    assert.ok(accepted && qualified && won && expanded);
    const order = [
      { earlier: 'accepted' as const, later: 'qualified' as const, share: 0.1, violated: false },
      { earlier: 'qualified' as const, later: 'won' as const, share: 0, violated: false },
      { earlier: 'won' as const, later: 'expanded' as const, share: 0.855, violated: false },
    ];
    const text = read(calibrationOfValuesReport({ ...values, order }));
    assert.match(text, /As expected, qualified is worth more than accepted: in only 10\.0 % of the resamples/);
    assert.match(text, /Cannot tell whether expanded is worth more than won: in 85\.5 % of the resamples won is/);
    assert.match(text, /Which is worth more cannot be told of won and expanded\./);
    const stages = [accepted, qualified, { ...won, own: null }, expanded];
    const unknown = read(calibrationOfValuesReport({ ...values, stages, order }));
    assert.match(unknown, /Cannot tell whether won is worth more than qualified: too few accounts/);
    assert.doesNotMatch(unknown, /As expected, won/);
  });

  it('says plainly that it cannot tell, and what would help', () => {
    const sentence = 'the usual values stand: it takes 50 accounts';
    const text = read(calibrationOfValuesReport({ ...values, kind: 'cannot tell', sentence, k: null, order: [] }));
    assert.match(text, /^I can't tell .*the usual values stand/);
    assert.match(text, /What would help:\n- the usual values stand/);
  });
});

describe('what is said of the values in force', () => {
  const usual: StandingValues = { version: 7, values: usualValues, hasDetractor: true, since: null, scheduled: null };
  const told = (standing: StandingValues, found: CalibratedValues) => {
    const { lines, figures } = sayValuesInForce(standing, found);
    return lines.map((line) => fillIn(line, figures));
  };
  /** Payments leave every usual value possible, but for those that are named. */
  const possible = (ruledOut: Partial<Record<(typeof stages)[number] | 'k', number>>): CalibratedValues => ({
    ...values,
    stages: stages.map((stage) => {
      const value = ruledOut[stage] ?? usualValues.stageValues[stage];
      return { ...one, stage, usual: usualValues.stageValues[stage], value, low: value - 3, high: value + 3 };
    }),
    k: { ...one, usual: 0.75, value: ruledOut.k ?? 0.75, low: (ruledOut.k ?? 0.75) - 0.1, high: 0.9, own: 0.7 },
  });

  it('is that the usual ones stand, as long as nothing speaks against them or nothing can be told', () => {
    const [inForce, next] = told(usual, possible({}));
    assert.match(inForce ?? '', /^Version 7 goes by accepted 22\.0, .*: the usual ones\. Its detractor .* as usual\.$/);
    assert.match(next ?? '', /learnt by the same: what accounts pay rules none of them out/);
    const unsure = told(usual, { ...possible({ won: 90 }), kind: 'cannot tell' });
    assert.match(unsure[1] ?? '', /learnt by the same: nothing here tells of better ones/);
  });

  it('is which of them are ruled out, and what a model is then learnt by', () => {
    const [, next] = told(usual, possible({ won: 71, expanded: 87 }));
    assert.match(
      next ?? '',
      /rules out won, expanded: a model that is learnt on a later day .* won 71\.0, expanded 87\.0, and what/,
    );
    const upper = { ...one, usual: 0.75, value: 0.4, low: 0.2, high: 0.6 };
    const [, bites] = told(usual, { ...possible({}), k: upper });
    assert.match(bites ?? '', /rules out how hard the detractor bites: .* takes away up to 0\.4.*fine tuning/);
  });

  it('is that they were learnt, since when and through whom, and promises nothing while others are scheduled', () => {
    const learnt = { ...usualValues.stageValues, won: 71 };
    const since = { at: '2026-03-02T00:00:00.000Z', by: 'Rita' };
    const standing = { ...usual, values: { stageValues: learnt, k: 0.5 }, since, hasDetractor: false };
    const [inForce] = told(standing, possible({}));
    assert.match(
      inForce ?? '',
      /learnt from what accounts pay, in force since 2 Mar 2026 by Rita\. It has no detractor\.$/,
    );
    const [waits, open] = told({ ...standing, scheduled: 9 }, possible({ won: 10 }));
    assert.match(waits ?? '', /Version 9, which is scheduled, counts them otherwise\.$/);
    assert.match(open ?? '', /hangs on whether it comes before or after that version/);
  });
});

describe('the report on revenue by basis', () => {
  it('says which brought more only where chance is ruled out', () => {
    assert.match(read(revenueByBasisReport(revenue)), /^Aiming at who expands brought more: .*ratio of 2/);
    const less = { ...revenue, ratio: { v: 0.8, low: 0.7, high: 0.9, n: 400 } };
    assert.match(read(revenueByBasisReport(less)), /^Aiming at who expands brought less/);
    const neither = { ...revenue, ratio: { v: 1, low: 0.9, high: 1.1, n: 400 } };
    assert.match(read(revenueByBasisReport(neither)), /^No difference that is clear of chance/);
  });

  it('says plainly that it cannot tell, and shows no picture', () => {
    const drawn = revenueByBasisReport({ ...revenue, kind: 'cannot tell', ratio: null });
    assert.match(read(drawn), /^I can't tell/);
    assert.equal(drawn.card.chart, null);
  });
});
