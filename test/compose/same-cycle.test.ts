import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { localOrg } from '../../src/compose/box/local-org.ts';
import { connectCrm } from '../../src/compose/crm/connect-crm.ts';
import { readCrmBook } from '../../src/compose/crm/read-crm-book.ts';
import { syncBook } from '../../src/compose/crm/sync-book.ts';
import { jobSteps } from '../../src/compose/job-steps.ts';
import type { Crm } from '../../src/connectors/crm.ts';
import { fieldPermissionSet } from '../../src/connectors/salesforce/permission-sets.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { publicationReport } from '../../src/engine/publish/publication-report.ts';
import type { ScoreChange } from '../../src/icp/changes/score-change.ts';
import { scoreMoveLine } from '../../src/icp/publishing/score-move.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { scoreChangeLine } from '../../src/questions/score-change-line.ts';
import { activateModel, addModel } from '../../src/store/models.ts';
import { savePerson } from '../../src/store/people.ts';
import { publicationsOf } from '../../src/store/publications.ts';
import { allScores } from '../../src/store/scores.ts';
import type { Store } from '../../src/store/store.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import { aBin, aCriterion, aModel } from '../support/a-model.ts';
import { noFeatures } from '../support/a-proposal.ts';
import { recordId } from '../support/fake-org.ts';
import { freshStore } from '../support/fresh-store.ts';
import { noTellers } from '../support/no-tellers.ts';
import { anAccount } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';

const day = 86_400_000;
const owner = recordId('005', 90);
const [leaver, grower, refuser, quiet] = [1, 2, 3, 4].map((nth) => recordId('001', nth)) as [
  string,
  string,
  string,
  string,
];
const [refused, alone] = [recordId('00Q', 1), recordId('00Q', 2)];

const fit = { layer: 'firmographic', part: 'fit' } as const;
const catalogue = {
  ...noFeatures,
  features: [
    {
      ...{ ...fit, key: 'industry', label: 'Industry', type: 'category', field: 'industry' },
      levels: ['SaaS', 'Retail'],
    },
    { ...fit, key: 'employees', label: 'Employees', type: 'number', field: 'employees' },
    {
      ...{ key: 'signal_demo_request', label: 'Demo requests', layer: 'behavioural', part: 'timing', type: 'number' },
      field: 'signals',
    },
  ],
  rules: [{ how: 'value' }, { how: 'value' }, { how: 'signal', kind: 'demo_request', collectedFrom: 0 }],
} satisfies Parameters<typeof addModel>[1]['catalogue'];
const model = aModel({
  book: 'main',
  criteria: [
    aCriterion('industry', [
      aBin({ kind: 'is', values: ['SaaS'] }, 90, { label: 'the industry is SaaS' }),
      aBin({ kind: 'other' }, -70, { label: 'another industry' }),
    ]),
    aCriterion('employees', [
      aBin({ kind: 'range', from: null, to: 50 }, -61, { label: 'fewer than 50 employees' }),
      aBin({ kind: 'range', from: 50, to: null }, 33, { label: '50 employees or more' }),
    ]),
    aCriterion(
      'signal_demo_request',
      [
        aBin({ kind: 'range', from: null, to: 0.01 }, -40, { label: 'no fresh demo request' }),
        aBin({ kind: 'range', from: 0.01, to: null }, 120, { label: 'a fresh demo request' }),
      ],
      { layer: 'behavioural' },
    ),
  ],
});

describe('a churn, an expansion and a rejected lead that the CRM tells of', () => {
  let local: LocalSalesforce;
  let store: Store;
  let crm: Crm;
  let close: () => void = () => {};
  let house: Parameters<typeof jobSteps>[0];
  let clock = Date.UTC(2026, 0, 5, 9);
  const told: { email: string; changes: readonly ScoreChange[] }[] = [];
  const tellers = {
    ...noTellers,
    scoreChanged: async (changes: readonly ScoreChange[], { email }: { email: string }) => {
      told.push({ email, changes });
      return { channel: 'D1', ts: '1' };
    },
  };
  const step = (job: 'crm' | 'publish') => {
    const run = jobSteps(house, tellers)[job] ?? assert.fail(`there is no job ${job}`);
    return run({ job, dueAt: clock, attempt: 1, signal: new AbortController().signal });
  };
  const scoresNow = async () =>
    new Map((await allScores(store, 'main')).map(({ accountId, score, tier }) => [accountId, { score, tier }]));

  before(async () => {
    local = await startLocalSalesforce({
      clock: () => clock,
      org: {
        ...localOrg,
        customFields: [
          ...localOrg.customFields,
          { object: 'Account', name: 'Churn_Date__c', label: 'Churn Date', type: 'date' },
        ],
        permissionSets: [
          ...localOrg.permissionSets,
          fieldPermissionSet('Churn', 'When customers left.', [{ field: 'Account.Churn_Date__c', editable: false }]),
        ],
      },
    });
    const { org, options } = local;
    org.insert('User', [{ Id: owner, Username: 'dana@ours.example', LastName: 'Doe', Email: 'dana@ours.example' }]);
    org.insert(
      'Account',
      [leaver, grower, refuser, quiet].map((Id, nth) => ({
        ...{ Id, Name: `Account ${nth + 1}`, Website: `https://a${nth + 1}.example`, OwnerId: owner },
        ...{ Industry: 'SaaS', NumberOfEmployees: 20 },
      })),
    );
    const open = { LastName: 'Bo', Company: 'A', Status: 'Open - Not Contacted', OwnerId: owner };
    org.insert('Lead', [
      { ...open, Id: refused, Email: 'bo@a3.example' },
      { ...open, Id: alone, Email: 'bo@a4.example' },
    ]);
    const won = { StageName: 'Closed Won', CloseDate: '2025-02-01', Amount: 900, Type: 'New Business' };
    org.insert('Opportunity', [
      { ...won, Id: recordId('006', 1), Name: 'First', AccountId: leaver },
      { ...won, Id: recordId('006', 2), Name: 'First', AccountId: grower },
    ]);
    store = await freshStore();
    // What the web site saw, which no CRM knows.
    const seen = { signal: 'demo_request', observedAt: clock - 10 * day, value: null, text: null, source: 'web' };
    await importRecords(store, [
      anAccount(leaver, { observedAt: clock - 30 * day, values: { industry: 'SaaS', employees: 20 } }),
      { kind: 'signal', accountId: leaver, ...seen },
    ]);
    const { clientId, clientSecret } = options;
    const salesforce = { kind: 'client credentials', loginUrl: local.url, clientId, clientSecret } as const;
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const found = await connectCrm({ salesforce }, { log, now: () => clock });
    ({ crm, close } = found ?? assert.fail('there is an org'));
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U1', name: 'Dana', role: 'rep' });
    const questions = createQuestions({ store, now: () => clock });
    house = {
      ...{ store, compute: createCompute(), log, now: () => clock, holder: 'test', questions, tellers: null },
      ...{ crm: async () => crm, hasCrm: () => true },
    };
  });
  after(async () => {
    close();
    await local?.close();
    await store?.close();
  });

  it('changes the scores of their accounts in the reading that sees them, and tells the owner once', async () => {
    await readCrmBook(house, { book: 'main', notifier: null });
    const version = await addModel(
      store,
      { book: 'main', importId: 1, asOf: clock, model, catalogue, verdict: 'by hand' },
      clock,
    );
    await activateModel(store, version, { by: 'via command line by a test', at: clock, kind: 'approved' });
    clock += day / 24;
    await step('crm');
    const before = await scoresNow();
    assert.deepEqual(
      [leaver, grower, refuser, quiet].map((id) => before.get(id)?.score),
      // 50, and 9.0 - 6.1 for all of them; a demo request gives 12.0 and none takes 4.0.
      [64.9, 48.9, 48.9, 48.9],
    );
    await step('publish');
    assert.equal(local.org.get('Account', leaver)?.ICP_Score__c, before.get(leaver)?.score);

    clock += day;
    const { org } = local;
    org.update('Account', leaver, { Churn_Date__c: new Date(clock).toISOString().slice(0, 10) });
    org.update('Account', grower, { NumberOfEmployees: 80 });
    const more = { StageName: 'Closed Won', CloseDate: new Date(clock).toISOString().slice(0, 10), Amount: 500 };
    org.insert('Opportunity', [
      { ...more, Id: recordId('006', 3), Name: 'More seats', AccountId: grower, Type: 'Existing Business' },
    ]);
    org.update('Account', refuser, { Industry: 'Retail' });
    org.update('Lead', refused, { Status: 'Closed - Not Converted', Reject_Reason__c: 'Wrong industry' });
    org.update('Lead', alone, {
      Status: 'Closed - Not Converted',
      Reject_Reason__c: 'Bad timing',
      ICP_Override__c: '2',
    });
    clock += day / 96;
    const { note, written } = await step('crm');
    const after = await scoresNow();
    for (const said of [
      /records of Company in a box \(local\) read, 1 deals won or lost, 2 accounts with firmographic values, 0 accounts with technographic/,
      /0 signs of intent, 4 accounts with their features derived and scored anew, 4 account profiles brought up to date/,
      /3 accounts moved by an outcome, 1 owners told/,
      /1 lead carries an override of its own, which stands on the record/,
    ])
      assert.match(note, said);
    assert.deepEqual([written.deals_closed, written.accounts_scored, written.profiles], [1, 4, 4]);
    assert.deepEqual(
      told.map(({ email }) => email),
      ['dana@ours.example'],
    );
    // Who falls to another tier is said first, then the largest moves.
    assert.deepEqual(told[0]?.changes.map(scoreChangeLine), [
      'Account 3: 48.9 to 32.9, tier 2 to 3, since a lead was turned down: “the industry is SaaS” became “another industry” (-16.0)',
      'Account 1: 64.9 to 48.9, still tier 2, since it left as a customer: “a fresh demo request” became “no fresh demo request” (-16.0)',
      'Account 2: 48.9 to 58.3, still tier 2, since it bought more: “fewer than 50 employees” became “50 employees or more” (+9.4)',
    ]);
    assert.deepEqual(
      [leaver, grower, refuser].map((id) => after.get(id)),
      [
        { score: 48.9, tier: 2 },
        { score: 58.3, tier: 2 },
        { score: 32.9, tier: 3 },
      ],
    );
    // Its lead was turned down too, and nothing that the model reads is another.
    assert.deepEqual(after.get(quiet), before.get(quiet));

    await step('publish');
    for (const id of [leaver, grower, refuser, quiet])
      assert.equal(org.get('Account', id)?.ICP_Score__c, after.get(id)?.score);
    const [last] = await publicationsOf(store, 'main', 1);
    const { moved } = await publicationReport(store, last?.id ?? '');
    assert.deepEqual(moved.map(scoreMoveLine), [
      'Account 1: 64.9 to 48.9, still tier 2, most of it by what it does (-16.0)',
      'Account 3: 48.9 to 32.9, tier 2 to 3, most of it by what kind of company it is (-16.0)',
      'Account 2: 48.9 to 58.3, still tier 2, most of it by what kind of company it is (+9.4)',
    ]);
    clock += day / 96;
    await step('crm');
    assert.equal(told.length, 1);
  });

  it('is caught up on where the process that read it died before it could score', async () => {
    const before = await scoresNow();
    clock += day;
    local.org.update('Account', quiet, { NumberOfEmployees: 80 });
    clock += day / 96;
    await syncBook(house, { book: 'main' });
    assert.deepEqual(await scoresNow(), before, 'as of the last scoring it has not happened');
    clock += day / 96;
    assert.match((await step('crm')).note, /4 accounts with their features derived and scored anew/);
    assert.deepEqual((await scoresNow()).get(quiet), { score: 58.3, tier: 2 });
    assert.match((await step('crm')).note, /nothing new/);
  });
});
