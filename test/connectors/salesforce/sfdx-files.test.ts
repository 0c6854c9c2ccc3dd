import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { localOrg } from '../../../src/compose/box/local-org.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { sfdxFiles } from '../../../src/connectors/salesforce/sfdx-files.ts';
import { everythingRead } from '../../../src/engine/sync/what-is-read.ts';
import { overrideFields, publishedFields } from '../../../src/icp/publishing/published-fields.ts';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { silent } from './raw-salesforce.ts';

const folder = resolve(import.meta.dirname, '../../../salesforce');
const files = sfdxFiles(everythingRead());
const setNamed = (name: string) =>
  files.get(`force-app/main/default/permissionsets/${name}.permissionset-meta.xml`) ?? '';
const permissions = setNamed('Lodestar');
const people = setNamed('Lodestar_People');

/** `true` where a permission set lets a field be edited, `false` where it lets it be read, `undefined` where it does not name it. */
function editable(text: string, field: string): boolean | undefined {
  const found = new RegExp(`<editable>(\\w+)</editable>\\s*<field>${field}</field>\\s*<readable>true</readable>`).exec(
    text,
  );
  return found === null ? undefined : found[1] === 'true';
}

describe('the folder salesforce', () => {
  it('is what is written from the published fields; node salesforce/write-fields.ts writes it', () => {
    const found = globSync(['sfdx-project.json', 'force-app/**/*.xml'], { cwd: folder }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    assert.deepEqual(found.sort(), [...files.keys()].sort());
    for (const [path, text] of files) assert.equal(readFileSync(join(folder, path), 'utf8'), text, path);
  });

  it('lets Lodestar write its own fields, read those that people own, and change nothing of the org', () => {
    for (const object of ['Account', 'Lead', 'Contact']) {
      for (const { name } of publishedFields) assert.equal(editable(permissions, `${object}.${name}`), true, name);
      for (const { name } of overrideFields) assert.equal(editable(permissions, `${object}.${name}`), false, name);
    }
    assert.deepEqual(
      [...permissions.matchAll(/<name>(\w+)<\/name>/g)].map(([, name]) => name),
      ['ApiEnabled'],
    );
    assert.doesNotMatch(permissions, /<allow(?:Create|Delete)>true|<modifyAllRecords>true/);
  });

  it('lets Lodestar read every object that a sync reads, all of its records, and the standard fields of it', () => {
    const objects = [...permissions.matchAll(/<object>(\w+)<\/object>/g)].map(([, name]) => name);
    assert.deepEqual(objects, ['Account', 'Asset', 'Contact', 'Contract', 'Lead', 'Opportunity']);
    assert.doesNotMatch(permissions, /<allowRead>false|<viewAllRecords>false/);
    const asked = ['Account.Website', 'Account.Industry', 'Contact.Email', 'Opportunity.Amount', 'Contract.EndDate'];
    for (const field of asked) assert.equal(editable(permissions, field), false, field);
    assert.equal(editable(permissions, 'Account.BillingAddress'), false, 'a part of an address goes by the whole');
  });

  it('names no field whose permission cannot be deployed, and none that not every org has', () => {
    const never = [
      ...['Account.Name', 'Account.OwnerId', 'Account.BillingCountry', 'Account.YearStarted', 'Account.SystemModstamp'],
      ...['Lead.Status', 'Lead.Company', 'Lead.IsConverted', 'Lead.ConvertedAccountId', 'Contract.AccountId'],
      ...['Opportunity.StageName', 'Opportunity.CloseDate', 'Opportunity.IsWon', 'Opportunity.RecordType.Name'],
      ...['User.Email', 'AccountHistory.Field', 'OpportunityContactRole.ContactId', 'Contract.Status'],
    ];
    assert.doesNotMatch(permissions, /currency/i, 'an org with one currency refuses the permission set');
    for (const field of never) assert.doesNotMatch(permissions, new RegExp(`<field>${field}</field>`), field);
  });

  it('holds permission sets that an org takes, with every standard field that can be shown and is read', async (t) => {
    const { customFields } = localOrg;
    const { org, url, options, close } = await startLocalSalesforce({ org: { customFields, permissionSets: [] } });
    t.after(close);
    for (const set of [permissions, people]) org.assign(set);
    const { clientId, clientSecret } = options;
    const auth = { kind: 'client credentials', clientId, clientSecret } as const;
    const crm = openSalesforce({ loginUrl: url, auth }, { log: silent, now: Date.now });
    t.after(() => crm.close());
    for (const { object, fields } of everythingRead()) {
      const seen = await crm.reader.describe(object);
      const lost = fields.filter((field) => !seen.has(field) && !field.includes('.'));
      // The local org never had Data.com, and knows no code of a contract's status.
      assert.deepEqual(
        lost.filter((field) => field !== 'YearStarted' && field !== 'StatusCode'),
        [],
        object,
      );
    }
  });

  it('shows people every field, and lets them edit those that are theirs alone', () => {
    for (const object of ['Account', 'Lead', 'Contact']) {
      for (const { name } of publishedFields) assert.equal(editable(people, `${object}.${name}`), false, name);
      for (const { name } of overrideFields) assert.equal(editable(people, `${object}.${name}`), true, name);
    }
    assert.doesNotMatch(people, /<objectPermissions>|<userPermissions>/);
  });

  it('says of the day of a score that it is the day of its last change here', () => {
    for (const object of ['Account', 'Lead', 'Contact']) {
      const text = files.get(`force-app/main/default/objects/${object}/fields/ICP_Scored_At__c.field-meta.xml`) ?? '';
      assert.match(text, /<inlineHelpText>When the score .*last changed here, not when it was last looked at\.</);
    }
  });

  it('is well-formed: every tag that opens is closed, in order', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.xml')) continue;
      const open: string[] = [];
      for (const [, slash, name = ''] of text.matchAll(/<(\/?)([A-Za-z]\w*)[^>]*>/g))
        if (slash === '') open.push(name);
        else assert.equal(open.pop(), name, path);
      assert.deepEqual(open, [], path);
    }
  });

  it('never restricts a picklist, so that a tier can be added', () => {
    const restricted = [...files.values()].flatMap((text) =>
      [...text.matchAll(/<restricted>(\w+)</g)].map(([, is]) => is),
    );
    assert.deepEqual(new Set(restricted), new Set(['false']));
  });
});
