import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountHistory, Signal } from '../../../src/icp/history.ts';
import { createOutreachReader } from '../../../src/icp/outreach/outreach-facts.ts';

const on = (date: string) => Date.parse(date);
const signal = (kind: string, date: string, text: string | null = null): Signal => {
  return { kind, observedAt: on(date), value: null, source: 'test', text };
};
const history = (given: Partial<AccountHistory>): AccountHistory => ({
  ...{ book: 'main', id: '001', name: 'Acme', domain: null, ownerEmail: null },
  ...{
    observations: [],
    outcomes: [],
    leads: [],
    opportunities: [],
    customers: [],
    signals: [],
    usage: [],
    contacts: [],
  },
  ...given,
});
const read = createOutreachReader({ asOf: on('2026-09-30'), timeKind: 'dates' });

describe('createOutreachReader', () => {
  it('reads what came back, and who it was by the day that it was written to', () => {
    const facts = read(
      history({
        observations: [
          { values: { employees: 120, sub_industry: 'Freight' }, observedAt: on('2026-01-01'), source: 'a' },
          { values: { employees: 5000 }, observedAt: on('2026-08-01'), source: 'a' },
        ],
        signals: [
          signal('new_funding', '2026-04-01'),
          signal('Outreach', '2026-05-01'),
          signal('reply', '2026-05-04', 'declined'),
          signal('reply_problem', '2026-05-20'),
          signal('meeting', '2026-06-01'),
          signal('next_step', '2026-05-30'),
          signal('next_step', '2026-06-10'),
          signal('reply', '2026-12-01'),
        ],
      }),
    );
    assert.deepEqual(facts, {
      ...{ id: '001', contactedAt: on('2026-05-01'), isOutreach: true, repliedAt: on('2026-05-04'), tone: 'problem' },
      ...{ meetingAt: on('2026-06-01'), nextStepAt: on('2026-06-10'), pipelineAt: null, cycleDays: null },
      ...{ industry: null, subIndustry: 'Freight', headcount: '51 to 200 employees', trigger: 'new funding' },
    });
  });

  it('knows nothing of an account that nobody reached out to', () => {
    assert.equal(read(history({ signals: [signal('page_view', '2026-05-01')] })), null);
  });
});
