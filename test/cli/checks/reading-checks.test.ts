import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Check } from '../../../src/cli/checks/check.ts';
import type { CrmWanted } from '../../../src/cli/checks/reading-checks.ts';
import { salesforceChecks } from '../../../src/cli/checks/salesforce-checks.ts';
import { localOrg } from '../../../src/compose/box/local-org.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { sfdxFiles } from '../../../src/connectors/salesforce/sfdx-files.ts';
import { everythingRead } from '../../../src/engine/sync/what-is-read.ts';
import { crmMappingSchema } from '../../../src/icp/crm-mapping/mapping-schema.ts';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import type { OrgOptions } from '../../../src/workbench/salesforce/org/options.ts';
import { silent } from '../../connectors/salesforce/raw-salesforce.ts';

const lodestar =
  sfdxFiles(everythingRead()).get('force-app/main/default/permissionsets/Lodestar.permissionset-meta.xml') ?? '';
const answers = {
  book: 'main',
  setting: { on: true, accepted: 'Working - Contacted', rejected: 'Disqualified', reasonField: 'Reject_Reason__c' },
};

/** An org where the folder was deployed, whose integration user has these permission sets, and what the doctor says of it. */
async function startOrg(t: TestContext, permissionSets: readonly string[] | null, more: Partial<OrgOptions> = {}) {
  const { customFields } = localOrg;
  const { org, url, options, close } = await startLocalSalesforce({ org: { customFields, permissionSets, ...more } });
  t.after(close);
  const { clientId, clientSecret } = options;
  const auth = { kind: 'client credentials', clientId, clientSecret } as const;
  const said = async (wanted: Partial<CrmWanted> = {}): Promise<Check[]> => {
    const crm = openSalesforce({ loginUrl: url, auth }, { log: silent, now: Date.now });
    return salesforceChecks(
      async () => ({ crm, close: () => crm.close() }),
      async () => ({ mapping: null, statuses: [], ...wanted }),
    );
  };
  return { org, said };
}

const wrong = (checks: readonly Check[]) => checks.filter(({ state }) => state !== 'ok');
const wordsOf = (checks: readonly Check[]) =>
  wrong(checks)
    .map(({ what, fix }) => `${what}; ${fix}`)
    .join('\n');

/** A permission set that shows the objects of the shipped one, and none of the standard fields. */
const objectsOnly = lodestar.replace(
  /\s*<fieldPermissions>\s*<editable>\w+<\/editable>\s*<field>\w+\.(?!ICP_)\w+<\/field>[\s\S]*?<\/fieldPermissions>/g,
  '',
);

describe('what the doctor says of what Salesforce shows', () => {
  it('is every object that is read, for a user with the minimum access, and nothing once Lodestar is assigned', async (t) => {
    const { org, said } = await startOrg(t, []);
    const before = wordsOf(await said({ statuses: [answers] }));
    assert.match(
      before,
      /a sync needs Account, Contact, Lead, Opportunity, and this user does not see them; assign the permission set Lodestar/,
    );
    assert.match(before, /Contract \(the end of a contract ends no customer\)/);
    assert.match(before, /LeadHistory \(when leads were decided before the first sync is not known\)/);
    assert.match(before, /leads\.status\.main needs a Status that our user may edit/);

    org.assign(lodestar);
    assert.deepEqual(wrong(await said()), []);
  });

  it('is every standard field by what is lost without it, for a user who sees the objects alone', async (t) => {
    const { org, said } = await startOrg(t, [objectsOnly]);
    const before = wrong(await said());
    assert.deepEqual(
      before.map(({ name, state }) => [name, state]),
      Array.from(before, () => ['Salesforce reading', 'missing']),
    );
    const words = wordsOf(before);
    assert.match(words, /a sync needs Contact\.AccountId, Opportunity\.AccountId, and this user/);
    const optional = [
      ...['Account.Website', 'Account.Industry', 'Account.NumberOfEmployees', 'Account.BillingCountry'],
      ...['Contact.Email', 'Contact.Title', 'Lead.Email', 'Lead.LeadSource', 'Opportunity.Type', 'Opportunity.Amount'],
      ...['Contract.StartDate', 'Contract.EndDate'],
    ];
    for (const field of optional) assert.ok(words.includes(field), field);
    assert.match(words, /Account\.Website \(accounts have no domain/);
    assert.match(words, /Opportunity\.Amount \(deals have no value\)/);
    assert.doesNotMatch(words, /YearStarted|StatusCode|RecordType|SystemModstamp|ICP_/);
    org.assign(lodestar);
    assert.deepEqual(wrong(await said()), []);
  });

  it('is nothing of currencies, one or several, unless the rates are hidden', async (t) => {
    const currencies = { EUR: 1, USD: 1.1 };
    const { said } = await startOrg(t, [lodestar], { currencies });
    assert.deepEqual(wrong(await said()), []);
    const access = [{ object: 'CurrencyType', field: 'ConversionRate', readable: false }];
    const { said: ofHidden } = await startOrg(t, [lodestar], { currencies, access });
    assert.match(
      wordsOf(await ofHidden()),
      /^a sync needs CurrencyType, and this user does not see them; records are in several currencies: let this user read/,
    );
  });

  it('is the fields of the org that the mapping names, which Lodestar cannot bring, and assets where they are read', async (t) => {
    const { said } = await startOrg(t, [objectsOnly]);
    const mapping = crmMappingSchema.parse({
      account: { fields: { Region__c: { as: 'region' } } },
      lead: { rejectReason: 'Reject_Reason__c' },
      opportunity: { lossReason: 'Loss_Reason__c' },
      customer: { assets: true, contracts: false },
    });
    const checks = wrong(await said({ mapping }));
    const own = checks.find(({ fix }) => fix?.includes('a permission set of your own'));
    assert.match(
      own?.what ?? '',
      /Account\.Region__c \(no score learns from it.*Lead\.Reject_Reason__c.*Opportunity\.Loss_Reason__c/,
    );
    const words = wordsOf(checks);
    assert.match(words, /Asset\.UsageEndDate/);
    assert.match(
      words,
      /Account\.Industry/,
      'a mapping that was made without a field does not hide that it is not seen',
    );
    assert.match(words, /Contract\.EndDate/);
  });

  it('is what the setting of the lead status needs: the right to edit, statuses that there are, the field of the reason', async (t) => {
    const { said } = await startOrg(t, [lodestar]);
    const checks = wrong(await said({ statuses: [answers] }));
    assert.deepEqual(
      checks.map(({ name, state }) => [name, state]),
      [
        ['lead status of main', 'missing'],
        ['lead status of main', 'missing'],
      ],
    );
    assert.match(
      wordsOf(checks),
      /has Disqualified, where the org has Open - Not Contacted, .*; name statuses of the org/,
    );
    assert.match(
      wordsOf(checks),
      /Reject_Reason__c is none; answers of reps stay here until then; let this user edit Lead\.Reject_Reason__c/,
    );
    const { said: ofBox } = await startOrg(t, localOrg.permissionSets);
    const setting = { ...answers.setting, rejected: 'Closed - Not Converted' };
    assert.deepEqual(wrong(await ofBox({ statuses: [{ book: 'main', setting }] })), []);
  });
});
