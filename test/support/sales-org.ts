import { type LocalSalesforce, startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import type { CustomField } from '../../src/workbench/salesforce/org/options.ts';

const tiers = ['1', '2', '3', 'Not fit'];
const scored = (object: string): CustomField[] => [
  { object, name: 'ICP_Score__c', label: 'ICP Score', type: 'double', precision: 5, scale: 1 },
  { object, name: 'ICP_Tier__c', label: 'ICP Tier', type: 'picklist', picklist: tiers },
  { object, name: 'ICP_Reasons__c', label: 'ICP Reasons', type: 'string', length: 255 },
  { object, name: 'ICP_Override__c', label: 'ICP Override', type: 'picklist', picklist: tiers, updateable: false },
  { object, name: 'ICP_Override_Reason__c', label: 'ICP Override Reason', type: 'string', updateable: false },
];

/** Ids of what the small org has. */
export const inSalesOrg = {
  ...{ rita: '005LS0000000001YAA', otto: '005LS0000000002YAA' },
  ...{ harbor: '001LS0000000001YAA', harborTwin: '001LS0000000002YAA', mill: '001LS0000000003YAA' },
  ...{ contact: '003LS0000000001YAA', lead: '00QLS0000000001YAA', deal: '006LS0000000001YAA' },
};

/** An org with two people, a few records and sixty more accounts; nothing is scored. Stop it afterwards. */
export async function startSalesOrg(more: Parameters<typeof startLocalSalesforce>[0] = {}): Promise<LocalSalesforce> {
  const tracked = { Account: ['ICP_Tier__c', 'ICP_Override__c', 'OwnerId'], Lead: ['Status'] };
  const customFields = [...scored('Account'), ...scored('Lead')];
  const salesforce = await startLocalSalesforce({
    ...more,
    org: { name: 'Harbor sales', customFields, historyTracked: tracked, ...more.org },
  });
  const { org } = salesforce;
  const { rita, otto, harbor, harborTwin, mill, contact, lead, deal } = inSalesOrg;
  const long = { CreatedDate: '2024-03-01T09:00:00.000Z' };
  org.insert('User', [
    { Id: rita, FirstName: 'Rita', LastName: 'Lund', Title: 'Rep', IsActive: true },
    { Id: otto, FirstName: 'Otto', LastName: 'Berg', IsActive: true },
  ]);
  org.insert('Account', [
    { Id: harbor, Name: 'Harbor Freight 100%', Website: 'https://www.harbor.example', OwnerId: rita, ...long },
    { Id: harborTwin, Name: 'HARBOR freight', Website: 'harbor.example', OwnerId: otto, ...long },
    { Id: mill, Name: 'Mill & <b>Sons</b>', OwnerId: otto, ...long },
    ...Array.from({ length: 60 }, (_, nth) => ({ Name: `Quarry ${String(nth + 1).padStart(2, '0')}`, ...long })),
  ]);
  org.insert('Contact', [
    { Id: contact, AccountId: harborTwin, FirstName: 'Ada', LastName: 'Voss', Email: 'ada@harbor.example', ...long },
  ]);
  org.insert('Lead', [
    {
      Id: lead,
      LastName: 'Nye',
      Company: 'Harbor',
      Website: 'harbor.example',
      Status: 'Open - Not Contacted',
      ...long,
    },
  ]);
  org.insert('Opportunity', [
    { Id: deal, AccountId: harborTwin, Name: 'Cranes', StageName: 'Prospecting', CloseDate: '2026-12-01', ...long },
  ]);
  return salesforce;
}
