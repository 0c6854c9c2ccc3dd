import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IcpModel } from '../../../src/icp/model.ts';
import { compareRouting } from '../../../src/icp/routing/compare-routing.ts';
import { queuesIn, usualQueues } from '../../../src/icp/routing/routing-queues.ts';
import { routingRules } from '../../../src/icp/routing/routing-rules.ts';
import { aModel } from '../../support/a-model.ts';

const fintech = {
  ...{ id: 's1', name: 'Fintech' },
  conditions: [{ key: 'industry', label: 'Industry is Fintech', match: { kind: 'is' as const, values: ['Fintech'] } }],
};
const model: IcpModel = aModel({ cuts: { primary: 70, nurture: 40 }, detractor: null, segments: [] });
const rulesOf = (over: Partial<IcpModel>, queues = usualQueues) => routingRules({ ...model, ...over }, queues);

describe('routing rules', () => {
  it('put the word of a person first, and leave nobody over', () => {
    const rules = rulesOf({ segments: [fintech] });
    assert.deepEqual(
      rules.map(({ label, when, queue }) => [label, when, queue]),
      [
        ['Not fit', 'a person set it to Not fit', 'ICP_Not_Fit'],
        ['Tier 1: Fintech', 'score above 70.0; Industry is Fintech', 'ICP_Tier_1'],
        ['Tier 1', 'score above 70.0', 'ICP_Tier_1'],
        ['Tier 2', 'score of 40.0 or more', 'ICP_Tier_2'],
        ['Tier 3', 'everybody else', 'ICP_Tier_3'],
      ],
    );
  });

  it('lead to the queues that were named', () => {
    const queues = queuesIn({ tier2: 'Inside_Sales', segments: { Fintech: 'Fintech_Team' } }) ?? usualQueues;
    const rules = rulesOf({ segments: [fintech] }, queues);
    assert.deepEqual(
      rules.map(({ queue }) => queue),
      ['ICP_Not_Fit', 'Fintech_Team', 'ICP_Tier_1', 'Inside_Sales', 'ICP_Tier_3'],
    );
  });

  it('know no queue whose name Salesforce would refuse', () => {
    for (const value of [null, [], 'x', { tier1: 'Two words' }, { tier1: '' }, { tier9: 'A' }, { segments: ['A'] }])
      assert.equal(queuesIn(value), null, JSON.stringify(value));
    assert.deepEqual(queuesIn({}), usualQueues);
  });
});

describe('the routing of two versions', () => {
  const changesOf = (before: Partial<IcpModel>, now: Partial<IcpModel>) =>
    compareRouting(rulesOf(before), rulesOf(now)).map(({ label, change }) => `${label}: ${change}`);

  it('is the same where nothing about it changed', () => {
    const rules = rulesOf({});
    assert.ok(compareRouting(rules, rulesOf({ base: model.base + 10 })).every(({ change }) => change === 'same'));
  });

  it('shows each cut that moved, each segment that came or went', () => {
    assert.deepEqual(changesOf({ segments: [fintech] }, { cuts: { primary: 72.5, nurture: 40 } }), [
      'Not fit: same',
      'Tier 1: changed',
      'Tier 2: same',
      'Tier 3: same',
      'Tier 1: Fintech: dropped',
    ]);
    assert.ok(changesOf({}, { segments: [fintech] }).includes('Tier 1: Fintech: added'));
  });

  it('knows a segment again under another name', () => {
    const renamed = { ...fintech, name: 'Money people' };
    assert.ok(changesOf({ segments: [fintech] }, { segments: [renamed] }).includes('Tier 1: Money people: changed'));
  });
});
