import { readGrants } from '../../connectors/salesforce/field-permissions.ts';
import { fieldPermissionSet, ourPermissionSet } from '../../connectors/salesforce/permission-sets.ts';
import { everythingRead } from '../../engine/sync/what-is-read.ts';
import { overrideFields, type PublishedField, publishedFields } from '../../icp/publishing/published-fields.ts';
import type { GeneratedMarket } from '../../market/generate.ts';
import type { CustomField, OrgOptions } from '../../workbench/salesforce/org/options.ts';
import type { Org } from '../../workbench/salesforce/org/org.ts';

const scored = ['Account', 'Lead', 'Contact'] as const;

/** Its administrator lets us read the fields that its people made, and write the reason why a lead is rejected. */
const ownFields = fieldPermissionSet('Lodestar Box', 'The fields of the company in a box that Lodestar learns from.', [
  { field: 'Account.Region__c', editable: false },
  { field: 'Lead.Reject_Reason__c', editable: true },
  { field: 'Opportunity.Loss_Reason__c', editable: false },
]);

/**
 * The org of the company in a box: ours are the score's fields, and a few that its people made. Its integration user sees what
 * the permission sets give it, as in an org that was set up by `salesforce/README.md`.
 */
export const localOrg = {
  id: '00DLS000000BOXA',
  name: 'Company in a box',
  customFields: [
    ...scored.flatMap((object) => [...publishedFields, ...overrideFields].map((field) => customField(object, field))),
    { object: 'Account', name: 'Region__c', label: 'Region', type: 'string', length: 80 },
    { object: 'Lead', name: 'Reject_Reason__c', label: 'Reject Reason', type: 'string', length: 120 },
    { object: 'Opportunity', name: 'Loss_Reason__c', label: 'Loss Reason', type: 'string', length: 120 },
  ],
  permissionSets: [ourPermissionSet(readGrants(everythingRead())), ownFields],
  historyTracked: {
    Account: ['ICP_Tier__c', 'ICP_Detractor__c', 'ICP_Override__c', 'OwnerId'],
    Lead: ['Status', 'OwnerId'],
  },
} satisfies Partial<OrgOptions>;

function customField(object: string, { name, label, kind }: PublishedField): CustomField {
  const named = { object, name, label };
  switch (kind.type) {
    case 'number':
      return { ...named, type: 'double', precision: kind.precision, scale: kind.scale };
    case 'picklist':
      return { ...named, type: 'picklist', picklist: kind.values, restricted: false };
    case 'text':
      return { ...named, type: 'string', length: kind.length };
    case 'checkbox':
      return { ...named, type: 'boolean' };
    case 'datetime':
      return { ...named, type: 'datetime' };
  }
}

/** Moves the company into its org: its people as users, its accounts, contacts, leads and deals. */
export function fillLocalOrg(org: Org, { files }: Pick<GeneratedMarket, 'files'>): void {
  const rowsOf = (file: string) => namedRows(files.find((each) => each.file === file));
  org.insert(
    'User',
    [...rowsOf('people.csv')].map(({ email, name }, nth) => ({
      Id: userId(nth),
      ...nameOf(name),
      Email: email,
      Username: email,
      IsActive: true,
    })),
  );
  const owners = new Map([...rowsOf('people.csv')].map(({ email }, nth) => [email, userId(nth)]));
  const companies = new Map<string, { name: string; domain: string }>();
  const rowOf = {
    *accounts() {
      for (const row of rowsOf('accounts.csv')) {
        companies.set(row.account_id ?? '', { name: row.name ?? '', domain: row.domain ?? '' });
        yield {
          ...{ Id: row.account_id, Name: row.name || row.domain || 'Unknown', Website: row.domain || null },
          ...{ Industry: row.industry || null, Region__c: row.region || null, BillingCountry: row.country || null },
          ...{ BillingCity: row.city || null, OwnerId: owners.get(row.owner_email), CreatedDate: longAgo },
        };
      }
    },
    *contacts() {
      for (const row of rowsOf('contacts.csv'))
        yield {
          ...{ Id: row.contact_id, AccountId: row.account_id || null, ...nameOf(row.name), Email: row.email || null },
          ...{ Title: row.title || null, CreatedDate: longAgo },
        };
    },
    *leads() {
      for (const row of rowsOf('leads.csv')) {
        const company = companies.get(row.account_id ?? '');
        yield {
          ...{ Id: row.lead_id, LastName: 'not provided', Company: company?.name || 'not provided' },
          ...{
            Website: company?.domain || null,
            Status: leadStatuses[row.status ?? ''],
            LeadSource: row.source || null,
          },
          ...{ Reject_Reason__c: row.reject_reason || null, OwnerId: owners.get(row.owner_email) },
          ...{ CreatedDate: row.created_at, SystemModstamp: row.decided_at || row.created_at },
        };
      }
    },
    *opportunities() {
      for (const row of rowsOf('opportunities.csv')) {
        const closed = row.closed_at?.slice(0, 10) ?? '';
        yield {
          ...{ Id: row.opportunity_id, AccountId: row.account_id || null, Amount: row.amount || null },
          ...{ Name: `${companies.get(row.account_id ?? '')?.name ?? 'Deal'}, ${row.type}`.slice(0, 120) },
          ...{
            StageName: stages[row.outcome ?? ''],
            CloseDate: row.close_date || closed || nextQuarter(row.created_at),
          },
          ...{ Type: row.type === 'new' ? 'New Business' : 'Existing Business', NextStep: row.next_step || null },
          ...{ LeadSource: row.source || null, Loss_Reason__c: row.loss_reason || null },
          ...{ OwnerId: owners.get(row.owner_email), CreatedDate: row.created_at },
          SystemModstamp: row.closed_at || row.created_at,
        };
      }
    },
  };
  org.insert('Account', rowOf.accounts());
  org.insert('Contact', rowOf.contacts());
  org.insert('Lead', rowOf.leads());
  org.insert('Opportunity', rowOf.opportunities());
}

const longAgo = '2023-01-02T09:00:00.000Z';
const leadStatuses: Readonly<Record<string, string>> = {
  open: 'Open - Not Contacted',
  accepted: 'Working - Contacted',
  rejected: 'Closed - Not Converted',
};
const stages: Readonly<Record<string, string>> = { open: 'Prospecting', won: 'Closed Won', lost: 'Closed Lost' };

/** 15 characters; the org gives them as 18. */
function userId(nth: number): string {
  return `005LS${String(nth + 1).padStart(10, '0')}`;
}

function nameOf(name: string | undefined): { FirstName: string | null; LastName: string } {
  const words = (name ?? '').split(' ').filter((word) => word !== '');
  const last = words.pop() ?? 'not provided';
  return { FirstName: words.join(' ') || null, LastName: last };
}

/** An open deal has to say when it should close. */
function nextQuarter(createdAt: string | undefined): string {
  const created = new Date(createdAt ?? longAgo);
  return new Date(created.getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
}

function* namedRows(
  file: GeneratedMarket['files'][number] | undefined,
): Generator<Readonly<Partial<Record<string, string>>>> {
  for (const row of file?.rows ?? [])
    yield Object.fromEntries((file?.header ?? []).map((name, at) => [name, row[at] ?? '']));
}
