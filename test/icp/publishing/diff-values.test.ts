import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { differing, diffOf, keptValues } from '../../../src/icp/publishing/diff-values.ts';
import { type Standing, valuesOf, withRun } from '../../../src/icp/publishing/values-of.ts';

const standing: Standing = {
  ...{ score: 61.2, base: 50, clamp: 0, segment: 'Mid-size logistics' },
  criteria: [{ label: 'the industry is SaaS', points: 11.2 }],
  detractor: { multiplier: 1, flagged: false, reasons: [] },
  layers: { firmographic: 11.2, technographic: 0, behavioural: -0, pain: 0 },
};
const told = { tier: 2, scoredAt: Date.parse('2026-10-01T08:00:00.750Z'), modelVersion: 4, runId: 'run-1' } as const;
const after = valuesOf(standing, told);

describe('what is published of an account', () => {
  it('is its score, the tier that is told, its reasons and what they stand on', () => {
    assert.deepEqual(after, {
      ...{ ICP_Score__c: 61.2, ICP_Tier__c: '2', ICP_Segment__c: 'Mid-size logistics' },
      ICP_Reasons__c: '50.0 base; +11.2 the industry is SaaS; = 61.2',
      ...{ ICP_Detractor__c: false, ICP_Detractor_Reason__c: null },
      ...{ ICP_Firmographic__c: 11.2, ICP_Technographic__c: 0, ICP_Behavioural__c: 0, ICP_Pain__c: 0 },
      ...{ ICP_Scored_At__c: '2026-10-01T08:00:00.000Z', ICP_Model_Version__c: '4', ICP_Run_Id__c: 'run-1' },
    });
  });

  it('says why an account looks like those who left only where it is flagged', () => {
    const flagged = { multiplier: 0.6, flagged: true, reasons: ['no admin\nseat', 'usage fell'] };
    const values = valuesOf({ ...standing, score: 36.7, detractor: flagged }, told);
    assert.equal(values.ICP_Detractor__c, true);
    assert.equal(values.ICP_Detractor_Reason__c, 'no admin seat; usage fell');
    const long = valuesOf({ ...standing, segment: 'é'.repeat(200) }, told);
    assert.equal(String(long.ICP_Segment__c).length, 80);
  });
});

describe('the difference between a record and what it is to have', () => {
  it('is none where the CRM writes the same values its own way', () => {
    const record = {
      ...{ ...after, ICP_Score__c: '61.20', ICP_Detractor_Reason__c: '', ICP_Segment__c: ' Mid-size logistics ' },
      ICP_Scored_At__c: '2026-10-01T08:00:00.000+0000',
    };
    assert.deepEqual(differing(record, after), []);
    assert.deepEqual(keptValues(record), after);
  });

  it('is no reason to write where only the fields that follow differ', () => {
    const later = { ...withRun(after, { tier: 2, runId: 'run-2' }), ICP_Scored_At__c: '2026-10-02T08:00:00.000Z' };
    assert.deepEqual(diffOf(after, later), []);
    assert.deepEqual(differing(after, later), ['ICP_Scored_At__c', 'ICP_Run_Id__c']);
    assert.deepEqual(diffOf(after, withRun(after, { tier: 1, runId: 'run-2' })), ['ICP_Tier__c']);
  });

  it('takes a record without any of the fields as empty', () => {
    const names = diffOf({}, after);
    assert.ok(names.includes('ICP_Score__c') && names.includes('ICP_Technographic__c'));
    assert.ok(!names.includes('ICP_Detractor__c'), 'an empty checkbox is not ticked');
  });
});
