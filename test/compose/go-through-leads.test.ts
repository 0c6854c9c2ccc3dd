import assert from 'node:assert/strict';
import { it } from 'node:test';
import { goThroughLeads } from '../../src/compose/go-through-leads.ts';
import { answerLead } from '../../src/engine/leads/answer-lead.ts';
import { leadStatusPrefix } from '../../src/engine/leads/lead-status-setting.ts';
import { leadsChannelSetting } from '../../src/engine/leads/post-leads.ts';
import { IcpError } from '../../src/errors.ts';
import type { LeadCard } from '../../src/icp/leads/lead-card.ts';
import { undoMs } from '../../src/icp/leads/lead-standing.ts';
import { savePerson } from '../../src/store/people.ts';
import { addSetting } from '../../src/store/settings.ts';
import { aLead } from '../support/a-lead.ts';
import { freshStore } from '../support/fresh-store.ts';
import { noTellers } from '../support/no-tellers.ts';
import { anAccount } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { onlyBook } from '../support/small-market.ts';

it('posts the cards of new leads though the CRM cannot be reached, and says why no status was written', async () => {
  const store = await freshStore();
  let clock = Date.UTC(2026, 5, 1);
  const now = () => clock;
  const set = (key: string, value: unknown) => addSetting(store, { key, value, setAt: clock, setBy: 'a test' });
  await importRecords(store, [anAccount('a1'), aLead('00Q000000000001', 'a1', { createdAt: clock - 1_000 })]);
  await savePerson(store, { email: 'rae@ours.example', slackId: null, name: 'Rae Rep', role: 'rep' });
  await set(`${leadStatusPrefix}main`, { on: true, accepted: 'Working', rejected: 'Closed' });
  await set(leadsChannelSetting, 'C1');
  const actor = { kind: 'person', email: 'rae@ours.example' } as const;
  await answerLead(
    { store, now },
    { book: 'main', leadId: '00Q000000000001', actor, answer: 'accepted', reason: null },
  );
  clock += undoMs + 1;
  await importRecords(store, [aLead('00Q000000000002', 'a1', { createdAt: clock - 1_000 })]);
  const posted: string[] = [];
  const tellers = {
    ...noTellers,
    leadCard: async ({ leadId }: LeadCard) => {
      posted.push(leadId);
      return { channel: 'C1', ts: '1' };
    },
  };
  const crm = async () => {
    throw new IcpError('crm_signed_out', 'the CRM refuses the client secret');
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const house = { store, now, holder: 'test', log, crm, hasCrm: () => true };
  const summary = await goThroughLeads(house, tellers, await onlyBook(store));
  assert.deepEqual(posted, ['00Q000000000002']);
  assert.equal(summary?.written.statuses, 0);
  assert.match(summary?.note ?? '', /no status was written to the CRM, since the CRM refuses the client secret/);
  await store.close();
});
