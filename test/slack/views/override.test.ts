import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { standingOf } from '../../../src/slack/views/override.ts';

describe('how an account stands, for whoever overrides it', () => {
  it('gives a score on low evidence with its range, and a sure one without', () => {
    const told = (grade: 'C' | 'D') =>
      standingOf({
        ...{ tier: 2, score: 49.4, override: null, range: { low: 36.2, high: 62.8 } },
        evidence: { grade, reasons: [] },
      });
    assert.equal(told('D'), 'The model says tier 2, with a score of about 49 (36 to 63), low evidence.');
    assert.equal(told('C'), 'The model says tier 2, with a score of 49.4.');
  });
});
