import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainOf, idOf, instantOf, textOf, UnusableRow } from '../../../src/icp/crm-mapping/crm-values.ts';
import { deriveCustomers } from '../../../src/icp/crm-mapping/derive-customers.ts';
import { mapAccount } from '../../../src/icp/crm-mapping/map-account.ts';
import {
  leadStatusOf,
  mapLead,
  matchableDomain,
  qualifiedByConversion,
  withLeadHistory,
} from '../../../src/icp/crm-mapping/map-lead.ts';
import { dealTypeOf, mapOpportunity } from '../../../src/icp/crm-mapping/map-opportunity.ts';
import { crmMappingSchema, defaultCrmMapping, isNeverFed } from '../../../src/icp/crm-mapping/mapping-schema.ts';
import { proposeCrmMapping } from '../../../src/icp/crm-mapping/propose-mapping.ts';
import { dayMs } from '../../../src/icp/features/calendar.ts';

const usual = defaultCrmMapping;
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const leadId = '00Q000000000001AAA';
const nobody = new Map<string, string>();
const field = (name: string, type: string, picklist: string[] = []) => ({
  ...{ name, label: name.replace('__c', '').replaceAll('_', ' '), type, picklist, custom: name.endsWith('__c') },
});

describe('values of a CRM', () => {
  it('knows the id of fifteen characters as the same one with eighteen', () => {
    // The worked example of Salesforce's own article on the 18-character id.
    assert.equal(idOf({ Id: '001A0000006Vm9r' }), '001A0000006Vm9rIAC');
    assert.throws(() => idOf({ Id: null }), UnusableRow);
    assert.throws(() => idOf({ Id: 'x' }), /no id/);
  });

  it('reads dates in the spelling of either API, and refuses what is none', () => {
    for (const text of ['2026-01-02T03:04:05.000+0000', '2026-01-02T03:04:05.000Z', '2026-01-02T05:04:05.000+0200'])
      assert.equal(instantOf({ At: text }, 'At'), Date.UTC(2026, 0, 2, 3, 4, 5));
    assert.equal(instantOf({ At: '2026-01-02' }, 'At'), day('2026-01-02'));
    assert.equal(instantOf({ At: '' }, 'At'), null);
    for (const text of ['next week', '0202-01-02', '9999-12-31', '2026-13-01'])
      assert.throws(() => instantOf({ At: text }, 'At'), UnusableRow, text);
  });

  it('refuses control characters and what nobody can read, and drops what nobody can see', () => {
    assert.throws(() => textOf({ Name: 'A\u0000cme' }, 'Name'), /control characters/);
    assert.throws(() => textOf({ Name: 'x'.repeat(100_001) }, 'Name'), /100,001 characters/);
    assert.equal(textOf({ Name: ' Ac\u200bme\u{e0041} ' }, 'Name'), 'Acme');
    assert.equal(textOf({ Name: 'two\nlines' }, 'Name'), 'two\nlines');
  });

  it('takes the domain out of web sites and addresses', () => {
    assert.equal(domainOf('http://WWW.Acme.Example:8080/x?y'), 'acme.example');
    assert.equal(domainOf('Ann <ann@acme.example'), 'acme.example');
    assert.equal(domainOf('n/a'), null);
    assert.equal(domainOf(null), null);
  });
});

describe('leads', () => {
  it('are accepted, rejected or open by the default words, whatever their case', () => {
    const table = {
      'Open - Not Contacted': 'open',
      New: 'open',
      'Working - Contacted': 'accepted',
      nurturing: 'accepted',
      Qualified: 'accepted',
      Disqualified: 'rejected',
      Recycled: 'rejected',
      'Closed - Not Converted': 'rejected',
    };
    for (const [status, meant] of Object.entries(table)) assert.equal(leadStatusOf(status, usual), meant, status);
    assert.equal(leadStatusOf(null, usual), 'open');
  });

  it('were decided when the status came to what it is, by the history', () => {
    const lead = mapLead({ Id: leadId, Status: 'Disqualified', CreatedDate: '2026-01-01' }, usual, nobody, null);
    assert.equal(lead.decidedAt, null);
    const rows = [
      { Field: 'Status', OldValue: 'New', NewValue: 'Disqualified', CreatedDate: '2026-01-05' },
      { Field: 'Status', OldValue: 'Disqualified', NewValue: 'New', CreatedDate: '2026-01-07' },
      { Field: 'Status', OldValue: 'New', NewValue: 'Disqualified', CreatedDate: '2026-01-09' },
      { Field: 'Status', OldValue: 'Disqualified', NewValue: 'Recycled', CreatedDate: '2026-01-12' },
    ];
    assert.equal(withLeadHistory(lead, rows, usual).decidedAt, day('2026-01-09'));
    const inTwo = withLeadHistory(withLeadHistory(lead, rows.slice(2), usual), rows.slice(0, 2), usual);
    assert.equal(inTwo.decidedAt, day('2026-01-09'), 'the order in which they come does not matter');
    assert.deepEqual(withLeadHistory(inTwo, rows, usual), inTwo, 'nor how often');
  });

  it('are accepted by whoever takes them out of a queue', () => {
    const lead = mapLead({ Id: leadId, Status: 'New', CreatedDate: '2026-01-01' }, usual, nobody, null);
    const taken = {
      Field: 'Owner',
      OldValue: '00G000000000001',
      NewValue: '005000000000001',
      CreatedDate: '2026-01-04',
    };
    const after = withLeadHistory(lead, [taken], usual);
    assert.deepEqual([after.status, after.decidedAt], ['accepted', day('2026-01-04')]);
    const again = mapLead({ Id: leadId, Status: 'New', CreatedDate: '2026-01-01' }, usual, nobody, after);
    assert.deepEqual(
      [again.status, again.decidedAt],
      ['accepted', day('2026-01-04')],
      'and stay so when they are read again',
    );
    const between = { ...taken, OldValue: '005000000000002' };
    assert.equal(withLeadHistory(lead, [between], usual).status, 'open');
    const asked = crmMappingSchema.parse({ lead: { ownerTakes: false } });
    assert.equal(withLeadHistory(lead, [taken], asked).status, 'open');
  });

  it('that are converted are accepted, belong to the account, and were decided by then at the latest', () => {
    const row = {
      ...{ Id: leadId, Status: 'Closed - Converted', IsConverted: true, ConvertedDate: '2026-02-01' },
      ...{ ConvertedAccountId: '001000000000001AAA', CreatedDate: '2026-01-01T09:00:00Z' },
    };
    const lead = mapLead(row, usual, nobody, null);
    assert.deepEqual(
      [lead.status, lead.decidedAt, lead.accountId],
      ['accepted', day('2026-02-01'), '001000000000001AAA'],
    );
    const history = [{ Field: 'Status', OldValue: 'New', NewValue: 'Working', CreatedDate: '2026-01-10' }];
    assert.equal(withLeadHistory(lead, history, usual).decidedAt, day('2026-01-10'));
    const sameDay = mapLead({ ...row, ConvertedDate: '2026-01-01' }, usual, nobody, null);
    assert.equal(sameDay.decidedAt, Date.UTC(2026, 0, 1, 9), 'never before it was created');
  });

  it('that are converted into a deal qualify their account where the mapping says so, on the day of it', () => {
    const row = {
      ...{ Id: leadId, Status: 'Closed - Converted', IsConverted: true, ConvertedDate: '2026-02-01' },
      ...{ ConvertedAccountId: '001000000000001AAA', ConvertedOpportunityId: '006000000000001AAA' },
      CreatedDate: '2026-01-01T09:00:00Z',
    };
    const asked = crmMappingSchema.parse({ lead: { convertedQualifies: true } });
    const found = qualifiedByConversion(row, asked);
    assert.deepEqual(
      [found?.outcome, found?.accountId, found?.occurredAt],
      ['qualified', '001000000000001AAA', day('2026-02-01')],
    );
    const sameDay = qualifiedByConversion({ ...row, ConvertedDate: '2026-01-01' }, asked);
    assert.equal(sameDay?.occurredAt, Date.UTC(2026, 0, 1, 9));
    for (const without of ['IsConverted', 'ConvertedOpportunityId', 'ConvertedAccountId', 'ConvertedDate'])
      assert.equal(qualifiedByConversion({ ...row, [without]: null }, asked), null, without);
    assert.equal(qualifiedByConversion(row, usual), null, 'nobody has said so');
  });

  it('whose status changes between two readings were decided when the CRM wrote it', () => {
    const before = mapLead({ Id: leadId, Status: 'New', CreatedDate: '2026-01-01' }, usual, nobody, null);
    const row = { Id: leadId, Status: 'Disqualified', CreatedDate: '2026-01-01', SystemModstamp: '2026-01-20' };
    const after = mapLead(row, usual, nobody, before);
    assert.equal(after.decidedAt, day('2026-01-20'));
    const touched = mapLead({ ...row, SystemModstamp: '2026-03-01' }, usual, nobody, after);
    assert.deepEqual(touched, after, 'a later writing of something else changes nothing');
  });

  it('find an account by their address, unless anybody can have one there', () => {
    const lead = (email: string) => mapLead({ Id: leadId, Status: 'New', Email: email }, usual, nobody, null);
    assert.equal(matchableDomain(lead('ann@acme.example')), 'acme.example');
    assert.equal(matchableDomain(lead('ann@gmail.com')), null);
    assert.equal(matchableDomain(lead('nobody')), null);
  });
});

describe('deals', () => {
  const row = { Id: '006000000000001AAA', Name: 'Deal', StageName: 'Closed Lost', CreatedDate: '2026-01-10T15:00:00Z' };

  it('are new, expansions or renewals by their type, and by their name where it says nothing', () => {
    const table: [string | null, string, string][] = [
      ['New Business', 'Renewal of trust', 'new'],
      ['Existing Business', 'x', 'expansion'],
      ['upsell', 'x', 'expansion'],
      ['Add-On', 'x', 'expansion'],
      ['Renewal', 'x', 'renewal'],
      [null, 'Acme Renewal 2026', 'renewal'],
      [null, 'Renewable energy', 'new'],
      ['Something else', 'x', 'new'],
    ];
    for (const [type, name, meant] of table)
      assert.equal(dealTypeOf({ Type: type, Name: name }, usual), meant, `${type} ${name}`);
  });

  it('are lost for the reason that the org keeps, or else for their stage', () => {
    const closed = { ...row, IsClosed: true, IsWon: false, CloseDate: '2026-02-01', Loss_Reason__c: 'Price' };
    assert.equal(mapOpportunity(closed, usual, null).lossReason, 'Closed Lost');
    const own = crmMappingSchema.parse({ opportunity: { lossReason: 'Loss_Reason__c' } });
    assert.equal(mapOpportunity(closed, own, null).lossReason, 'Price');
    assert.equal(mapOpportunity({ ...closed, IsWon: true }, own, null).lossReason, null);
  });

  it('close on their close date, not before they were created, and are open until they are closed', () => {
    const on = (CloseDate: string, IsClosed: boolean) =>
      mapOpportunity({ ...row, IsClosed, IsWon: true, CloseDate }, usual, null);
    assert.equal(on('2026-02-01', true).closedAt, day('2026-02-01'));
    assert.equal(on('2026-01-10', true).closedAt, Date.UTC(2026, 0, 10, 15));
    assert.deepEqual([on('2026-02-01', false).closedAt, on('2026-02-01', false).outcome], [null, 'open']);
  });
});

describe('customers', () => {
  const won = (at: string, type: 'new' | 'expansion' | 'renewal' = 'new', amount = 100) =>
    ({ closedAt: day(at), outcome: 'won', type, amount, lossReason: null }) as const;
  const lost = (at: string) =>
    ({ closedAt: day(at), outcome: 'lost', type: 'renewal', amount: 100, lossReason: 'Price' }) as const;
  const nothing = { deals: [], terms: [], account: {} };
  const now = day('2026-10-01');
  const spans = (from: Partial<Parameters<typeof deriveCustomers>[1]>, mapping = usual) =>
    deriveCustomers('001', { ...nothing, ...from }, mapping, now).map(({ startedAt, endedAt }) => [startedAt, endedAt]);

  it('begin with the first deal that is won, and go on', () => {
    assert.deepEqual(
      spans({ deals: [won('2025-01-01', 'renewal'), won('2024-01-01'), won('2024-06-01', 'expansion')] }),
      [[day('2024-01-01'), null]],
    );
    assert.deepEqual(spans({}), []);
  });

  it('end with a renewal that is lost, unless a deal is won within the days of grace', () => {
    assert.deepEqual(spans({ deals: [won('2024-01-01'), lost('2025-01-01')] }), [
      [day('2024-01-01'), day('2025-01-01')],
    ]);
    assert.deepEqual(spans({ deals: [won('2024-01-01'), lost('2025-01-01'), won('2025-01-20')] }), [
      [day('2024-01-01'), null],
    ]);
    assert.deepEqual(spans({ deals: [won('2024-01-01'), lost('2025-01-01'), won('2025-06-01')] }), [
      [day('2024-01-01'), day('2025-01-01')],
      [day('2025-06-01'), null],
    ]);
  });

  it('end when the last contract has run out and nothing follows, and renew when it will', () => {
    const term = (from: string, to: string) => ({ startedAt: day(from), endsAt: day(to) });
    const deals = [won('2024-01-01')];
    assert.deepEqual(spans({ deals, terms: [term('2024-01-01', '2024-12-31')] }), [
      [day('2024-01-01'), day('2024-12-31')],
    ]);
    const followed = [term('2024-01-01', '2024-12-31'), term('2025-01-15', '2026-12-31')];
    assert.deepEqual(spans({ deals, terms: followed }), [[day('2024-01-01'), null]]);
    assert.equal(
      deriveCustomers('001', { ...nothing, deals, terms: followed }, usual, now)[0]?.renewalOn,
      day('2026-12-31'),
    );
    const justNow = [term('2025-09-15', '2026-09-15')];
    assert.deepEqual(
      spans({ deals: [won('2025-09-15')], terms: justNow }),
      [[day('2025-09-15'), null]],
      'the grace has not passed',
    );
  });

  it('end on the churn date that the org keeps, whatever else', () => {
    const own = crmMappingSchema.parse({ customer: { churnDate: 'Churn_Date__c', churnReason: 'Why__c' } });
    const account = { Churn_Date__c: '2025-03-01', Why__c: 'Acquired' };
    const from = { ...nothing, deals: [won('2024-01-01'), won('2025-03-10')], account };
    const [first, second] = deriveCustomers('001', from, own, now);
    assert.deepEqual([first?.endedAt, first?.churnReason], [day('2025-03-01'), 'Acquired']);
    assert.deepEqual([second?.startedAt, second?.endedAt], [day('2025-03-10'), null]);
  });

  it('pay what the last deal for new business or renewal brought, and what was bought since', () => {
    const deals = [
      won('2024-01-01', 'new', 100),
      won('2024-06-01', 'expansion', 30),
      won('2025-01-01', 'renewal', 120),
      won('2025-06-01', 'expansion', 50),
    ];
    assert.equal(deriveCustomers('001', { ...nothing, deals }, usual, now)[0]?.arr, 170);
  });

  it('are not ended by a tenure of their own: that is judged by the use', () => {
    const [one] = deriveCustomers('001', { ...nothing, deals: [won('2024-01-01'), lost('2024-02-01')] }, usual, now);
    assert.equal(((one?.endedAt ?? 0) - (one?.startedAt ?? 0)) / dayMs, 31);
  });
});

describe('the mapping', () => {
  it('never feeds ours, nor what is written after the fact', () => {
    for (const field of [
      'ICP_Score__c',
      'LastActivityDate',
      'Rating',
      'ForecastCategory',
      'Open_Deals__c',
      'Open_Opportunity_Count__c',
    ])
      assert.ok(isNeverFed(field), field);
    for (const field of ['Industry', 'NumberOfEmployees', 'Technologies__c']) assert.ok(!isNeverFed(field), field);
    const account = mapAccount({ Id: '001000000000001AAA', Rating: 'Hot', Industry: 'Retail' }, usual, nobody);
    assert.deepEqual(account.values, { industry: 'Retail' });
  });

  it('is proposed from the values and the names of the org, each part with its reason', () => {
    const { mapping, reasons } = proposeCrmMapping({
      account: [
        ...[
          field('Industry', 'picklist'),
          field('Technologies__c', 'multipicklist'),
          field('Employees_1yr_Ago__c', 'double'),
        ],
        ...[field('Churn_Date__c', 'date'), field('Churn_Reason__c', 'string'), field('Renewal_Date__c', 'date')],
        ...[
          field('ICP_Tier__c', 'picklist'),
          field('Health_Score__c', 'double'),
          field('Open_Pipeline__c', 'currency'),
        ],
      ],
      lead: [
        field('Status', 'picklist', ['New', 'Attempting', 'Engaged', 'Junk', 'Converted']),
        field('Disqualified_Reason__c', 'picklist'),
      ],
      opportunity: [
        field('Type', 'picklist', ['New Logo', 'Expansion', 'Renewal']),
        field('Loss_Reason__c', 'picklist'),
        field('Budget_Confirmed__c', 'boolean'),
      ],
      contract: [],
    });
    assert.deepEqual(Object.keys(mapping.account.fields).sort(), [
      'Employees_1yr_Ago__c',
      'Industry',
      'Technologies__c',
    ]);
    assert.equal(mapping.account.fields.Technologies__c?.type, 'list');
    assert.equal(mapping.account.fields.Employees_1yr_Ago__c?.as, 'employees_1yr_ago');
    assert.deepEqual(mapping.lead.accepted, ['Engaged', 'Converted']);
    assert.deepEqual(mapping.lead.rejected, ['Junk']);
    assert.equal(mapping.lead.rejectReason, 'Disqualified_Reason__c');
    assert.deepEqual(mapping.opportunity.expansion, ['Expansion']);
    assert.deepEqual(mapping.opportunity.renewal, ['Renewal']);
    assert.equal(mapping.opportunity.lossReason, 'Loss_Reason__c');
    assert.equal(mapping.opportunity.budgetConfirmed, 'Budget_Confirmed__c');
    assert.deepEqual([mapping.customer.churnDate, mapping.customer.churnReason], ['Churn_Date__c', 'Churn_Reason__c']);
    assert.equal(mapping.customer.renewalOn, 'Renewal_Date__c');
    assert.equal(mapping.customer.contracts, false);
    const told = reasons.map(({ part }) => part);
    for (const part of ['lead.rejected', 'opportunity.lossReason', 'customer.churnDate'])
      assert.ok(told.includes(part), part);
  });

  it('takes a converted lead for a qualified account where no deal can tell of its budget', () => {
    const lead = [field('ConvertedOpportunityId', 'reference')];
    const of = (opportunity: ReturnType<typeof field>[]) =>
      proposeCrmMapping({ account: [], lead, opportunity, contract: [] });
    const { mapping, reasons } = of([]);
    assert.equal(mapping.lead.convertedQualifies, true);
    assert.match(reasons.find(({ part }) => part === 'lead.convertedQualifies')?.reason ?? '', /nothing of a budget/);
    assert.equal(of([field('Budget_Confirmed__c', 'boolean')]).mapping.lead.convertedQualifies, false);
  });

  it('is the plain default where nothing is known of the org', () => {
    const { mapping, reasons } = proposeCrmMapping({ account: [], lead: [], opportunity: [], contract: [] });
    assert.deepEqual(mapping, crmMappingSchema.parse({ customer: { contracts: false } }));
    assert.deepEqual(reasons, []);
  });
});
