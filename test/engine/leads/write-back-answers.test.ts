import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { answerLead, undoAnswer } from '../../../src/engine/leads/answer-lead.ts';
import { putAnswersInLedger } from '../../../src/engine/leads/answers-in-ledger.ts';
import { leadStatusPrefix } from '../../../src/engine/leads/lead-status-setting.ts';
import { writeBackAnswers } from '../../../src/engine/leads/write-back-answers.ts';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { undoMs } from '../../../src/icp/leads/lead-standing.ts';
import { auditSince } from '../../../src/store/audit.ts';
import { leadsNow } from '../../../src/store/leads.ts';
import { savePerson } from '../../../src/store/people.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { silent } from '../../connectors/salesforce/raw-salesforce.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { onlyBook } from '../../support/small-market.ts';

const minute = 60_000;
const ids = Array.from({ length: 8 }, (_, nth) => recordId('00Q', nth + 1));
const [taken = '', refused = '', changed = '', converted = '', undone = '', early = '', locked = '', barred = ''] = ids;

describe('what a rep answered, in the CRM', () => {
  let local: LocalSalesforce;
  let store: Store;
  let crm: ReturnType<typeof openSalesforce>;
  let clock = Date.UTC(2026, 0, 5, 9);
  const now = () => clock;
  const rae = { actor: { kind: 'person', email: 'rae@ours.example' } } as const;
  const turnDown = (leadId: string, reason = 'Too small: four people') =>
    answerLead({ store, now }, { book: 'main', leadId, ...rae, answer: 'rejected', reason });
  const writeBack = () => writeBackAnswers({ store, crm, now, holder: 'test' }, 'main');
  const sync = () => syncCrm({ store, crm, now }, { book: 'main' });
  const settings = (value: unknown) =>
    addSetting(store, { key: `${leadStatusPrefix}main`, value, setAt: clock, setBy: 'a test' });
  const statusOf = (id: string) => local.org.get('Lead', id)?.Status;
  const told = async (action: string) =>
    (await auditSince(store, 0, 100))
      .filter((row) => row.action === action)
      .map(({ subject, details }) => ({ subject, ...details }));
  const on = {
    ...{ on: true, accepted: 'Working - Contacted', rejected: 'Closed - Not Converted' },
    reasonField: 'Reject_Reason__c',
  };

  before(async () => {
    local = await startLocalSalesforce({
      clock: now,
      org: {
        validationRules: [
          {
            ...{ object: 'Lead', message: 'Ask your manager first.' },
            refuses: ({ Id, Status }) => Id === barred && Status === 'Closed - Not Converted',
          },
        ],
        customFields: [
          { object: 'Lead', name: 'Reject_Reason__c', label: 'Reject Reason', type: 'string', length: 20 },
        ],
      },
    });
    const { clientId, clientSecret } = local.options;
    crm = openSalesforce(
      { loginUrl: local.url, auth: { kind: 'client credentials', clientId, clientSecret } },
      { log: silent, now },
    );
    store = await freshStore();
    local.org.insert('Account', [{ Id: recordId('001', 1), Name: 'Acme', Website: 'https://acme.example' }]);
    local.org.insert(
      'Lead',
      ids.map((Id) => ({ Id, LastName: 'Bo', Company: 'A', Email: 'bo@acme.example', Status: 'Open - Not Contacted' })),
    );
    await savePerson(store, { email: 'rae@ours.example', slackId: null, name: 'Rae Rep', role: 'rep' });
    clock += minute;
    await sync();
  });
  after(async () => {
    crm.close();
    await local.close();
    await store.close();
  });

  it('is nothing while it is off, and nothing that was answered before it was switched on', async () => {
    await turnDown(early);
    clock += minute;
    assert.equal(await writeBack(), null);
    await settings(on);
    clock += undoMs;
    assert.deepEqual(await writeBack(), { written: 0, left: 0, refused: [], again: 0 });
    assert.equal(statusOf(early), 'Open - Not Contacted');
  });

  it('is a status, once it cannot be taken back any more, and only where nobody was first', async () => {
    await answerLead({ store, now }, { book: 'main', leadId: taken, ...rae, answer: 'accepted', reason: null });
    for (const id of [refused, changed, converted, undone]) await turnDown(id);
    clock += minute;
    await undoAnswer({ store, now }, { book: 'main', leadId: undone, ...rae });
    await putAnswersInLedger({ store, now }, await onlyBook(store));
    local.org.update('Lead', changed, { Status: 'Working - Contacted' });
    local.org.update('Lead', converted, { IsConverted: true, ConvertedDate: '2026-01-05' });
    assert.equal((await writeBack())?.written, 0);
    clock += undoMs;
    assert.deepEqual(await writeBack(), { written: 2, left: 2, refused: [], again: 0 });
    assert.deepEqual([taken, refused, changed, undone].map(statusOf), [
      'Working - Contacted',
      'Closed - Not Converted',
      'Working - Contacted',
      'Open - Not Contacted',
    ]);
    // The field takes twenty characters.
    assert.equal(local.org.get('Lead', refused)?.Reject_Reason__c, 'Too small: four peop');
    assert.deepEqual((await told('lead.status_written')).map(({ subject }) => subject).sort(), [
      `lead ${taken} of main`,
      `lead ${refused} of main`,
    ]);
    const left = new Map((await told('lead.status_left')).map((row) => [row.subject, row]));
    assert.match(
      JSON.stringify(left.get(`lead ${changed} of main`)),
      /somebody has set the lead to Working - Contacted/,
    );
    assert.match(JSON.stringify(left.get(`lead ${converted} of main`)), /the lead is converted/);
  });

  it('is written once, also when a person opens the lead again afterwards', async () => {
    local.org.update('Lead', refused, { Status: 'Open - Not Contacted' });
    assert.equal((await writeBack())?.written, 0);
    assert.equal(statusOf(refused), 'Open - Not Contacted');
    local.org.update('Lead', refused, { Status: 'Closed - Not Converted' });
  });

  it('comes back from the CRM as the answer that it was', async () => {
    clock += minute;
    const { outcomes } = await sync();
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind === 'rejected'),
      [],
    );
    const [lead] = await leadsNow(store, 'main', [refused]);
    assert.deepEqual(
      [lead?.status, lead?.rejectReason, lead?.more['lodestar:by']],
      ['rejected', 'too small', 'rae@ours.example'],
    );
  });

  it('waits where the record is locked, is set aside where the org refuses it, and is refused whole by a wrong setting', async () => {
    for (const id of [locked, barred]) await turnDown(id);
    clock += undoMs + minute;
    await settings({ ...on, rejected: 'No such status' });
    await assert.rejects(writeBack(), { code: 'lead_status', message: /No such status.* \(local\)/ });
    await settings(on);
    local.plan({ locks: [{ ids: [locked], times: 50 }] });
    assert.deepEqual(await writeBack(), {
      ...{ written: 0, left: 0, again: 1 },
      refused: [
        {
          leadId: barred,
          reason: 'a validation rule of the org refused it (Ask your manager first.)',
        },
      ],
    });
    assert.deepEqual(
      (await told('lead.status_refused')).map(({ subject }) => subject),
      [`lead ${barred} of main`],
    );
    local.plan({ clear: true });
    assert.deepEqual(await writeBack(), { written: 1, left: 0, refused: [], again: 0 });
    assert.equal(statusOf(locked), 'Closed - Not Converted');
  });
});
