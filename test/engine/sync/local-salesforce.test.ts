import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { proposeMapping } from '../../../src/engine/sync/propose-mapping.ts';
import { reconcileCrm, syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import type { Store } from '../../../src/store/store.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { silent } from '../../connectors/salesforce/raw-salesforce.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';

describe('a sync over the protocol', () => {
  let local: LocalSalesforce;
  let store: Store;
  let crm: ReturnType<typeof openSalesforce>;
  const owner = recordId('005', 70);
  const account = recordId('001', 71);
  const loser = recordId('001', 72);
  const lead = recordId('00Q', 73);
  const deal = recordId('006', 74);
  const contact = recordId('003', 75);
  let clock = Date.UTC(2026, 0, 5, 9);
  const tick = (ms = 86_400_000) => {
    clock += ms;
  };
  const sync = () => syncCrm({ store, crm, now: () => clock }, { book: 'main' });

  before(async () => {
    local = await startLocalSalesforce({ clock: () => clock });
    const { clientId, clientSecret } = local.options;
    crm = openSalesforce(
      { loginUrl: local.url, auth: { kind: 'client credentials', clientId, clientSecret } },
      { log: silent, now: () => clock },
    );
    store = await freshStore();
    const { org } = local;
    org.insert('User', [{ Id: owner, Username: 'dana@ours.example', LastName: 'Doe', Email: 'dana@ours.example' }]);
    org.insert('Account', [
      ...[{ Id: account, Name: 'Acme', Website: 'https://acme.example', Industry: 'Retail', OwnerId: owner }],
      { Id: loser, Name: 'Acme again', Website: 'https://acme2.example', OwnerId: owner },
    ]);
    org.insert('Contact', [
      { Id: contact, LastName: 'Ann', Email: 'ann@acme.example', AccountId: account, Title: 'VP' },
    ]);
    org.insert('Lead', [
      {
        Id: lead,
        LastName: 'Bo',
        Company: 'A',
        Email: 'bo@acme.example',
        Status: 'Open - Not Contacted',
        OwnerId: owner,
      },
    ]);
    org.insert('Opportunity', [
      ...[
        { Id: deal, Name: 'First', AccountId: account, StageName: 'Closed Won', CloseDate: '2026-01-20', Amount: 900 },
      ],
      { Id: recordId('006', 99), Name: 'Other', AccountId: loser, StageName: 'Prospecting', CloseDate: '2026-05-20' },
    ]);
    org.insert('OpportunityContactRole', [{ OpportunityId: deal, ContactId: contact, Role: 'Decision Maker' }]);
  });
  after(async () => {
    crm.close();
    await local.close();
    await store.close();
  });

  it('brings what is there, and nothing the second time', async () => {
    tick();
    const first = await sync();
    assert.deepEqual(
      first.objects.slice(0, 5).map(({ object, read }) => [object, read]),
      [
        ...[
          ['Account', 2],
          ['Contact', 1],
          ['Lead', 1],
          ['Opportunity', 2],
          ['OpportunityContactRole', 1],
        ],
      ],
    );
    const [acme] = await historiesAt(store, 1, { accountIds: [account] });
    assert.equal(acme?.ownerEmail, 'dana@ours.example');
    assert.deepEqual([acme?.opportunities[0]?.outcome, acme?.opportunities[0]?.stakeholders], ['won', 1]);
    assert.equal(acme?.leads[0]?.id, lead);
    assert.equal((await sync()).importId, null);
  });

  it('brings what changed since, dated by the histories, and what went', async () => {
    tick();
    const disqualified = clock;
    local.org.update('Lead', lead, { Status: 'Closed - Not Converted' });
    local.org.update('Account', account, { Industry: 'Finance' });
    tick();
    const { outcomes, importId } = await sync();
    assert.deepEqual(outcomes, [{ kind: 'rejected', accountId: account }]);
    const [acme] = await historiesAt(store, importId ?? 0, { accountIds: [account] });
    assert.equal(acme?.leads[0]?.decidedAt, disqualified);
    assert.equal(acme?.observations.at(-1)?.values.industry, 'Finance');
    tick();
    local.org.merge('Account', account, loser);
    const gone = await sync();
    assert.ok(gone.departures >= 1);
    assert.deepEqual(
      (await historiesAt(store, gone.importId ?? 0)).map(({ id }) => id),
      [account],
    );
    assert.equal((await reconcileCrm({ store, crm, now: () => clock }, { book: 'main' })).importId, null);
  });

  it('proposes a mapping from what the org describes', async () => {
    const { mapping, reasons } = await proposeMapping(crm);
    assert.ok(mapping.lead.rejected.includes('Closed - Not Converted'));
    assert.ok(reasons.some(({ part }) => part === 'lead.rejected'));
  });
});
