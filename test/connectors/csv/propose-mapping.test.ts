import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parseMapping } from '../../../src/connectors/csv/mapping-schema.ts';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { proposeMapping } from '../../../src/connectors/csv/propose-mapping.ts';
import type { BundleRecord } from '../../../src/icp/records.ts';
import { hubspotExport, salesforceExport } from './crm-exports.ts';
import { allOf, folderOf } from './folder-of.ts';

const now = Date.parse('2026-01-31');
const data = resolve(import.meta.dirname, '../../../../shared/data');

/** Imports a folder through its own proposal, unedited. */
async function throughProposal(folder: string) {
  const { yaml, questions } = await proposeMapping(folder, now);
  const mapping = parseMapping(yaml, 'proposal');
  const { records, setAside } = await allOf(await openBundle(folder, { mapping, now }));
  return { mapping, questions, counts: countsOf(records), records, setAside };
}

function countsOf(records: readonly BundleRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const state = record.kind === 'opportunity' ? record.outcome : record.kind === 'lead' ? record.status : null;
    const ended = record.kind === 'customer' && record.endedAt !== null ? 'left' : null;
    const key = [record.kind, state, ended].filter((part) => part !== null).join(' ');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function realFolder(t: TestContext, name: string): string | null {
  const folder = resolve(data, name);
  if (existsSync(folder)) return folder;
  t.skip(`the real data is not here: ${folder}`);
  return null;
}

describe('a proposed mapping', () => {
  it('imports an export of Salesforce without an edit', async (t) => {
    const { counts, records, setAside } = await throughProposal(folderOf(t, salesforceExport()));
    assert.deepEqual(counts, {
      account: 60,
      contact: 20,
      'lead accepted': 20,
      'lead rejected': 10,
      'lead open': 10,
      'opportunity won': 30,
      'opportunity lost': 30,
      'opportunity open': 30,
    });
    assert.deepEqual(setAside, []);
    const [account] = records;
    assert.ok(account?.kind === 'account');
    assert.deepEqual(
      [account.domain, account.ownerEmail, account.values.employees],
      ['company0.example', 'dana@ours.example', 10],
    );
    const open = records.find((record) => record.kind === 'opportunity' && record.outcome === 'open');
    assert.ok(open?.kind === 'opportunity');
    assert.equal(open.closedAt, null, 'the close date of an open deal is only expected');
    assert.notEqual(open.closeDate, null);
  });

  it('imports an export of HubSpot without an edit', async (t) => {
    const { counts, records, setAside } = await throughProposal(folderOf(t, hubspotExport()));
    assert.deepEqual(counts, { account: 50, 'opportunity won': 20, 'opportunity lost': 40, 'opportunity open': 20 });
    assert.deepEqual(setAside, []);
    const lost = records.find((record) => record.kind === 'opportunity' && record.outcome === 'lost');
    assert.ok(lost?.kind === 'opportunity');
    assert.deepEqual([lost.accountId, lost.lossReason], ['9001', 'Price']);
  });

  it('leaves out columns that only the outcome can have written', async (t) => {
    const rows = Array.from({ length: 300 }, (_, at) => {
      const won = at % 3 === 0;
      return [`L${at}`, at % 7, won ? `gift ${at % 4}` : '', won ? 'pleased' : 'cool', won ? 'yes' : 'no'].join(',');
    });
    const folder = folderOf(t, { 'leads.csv': `Lead ID,Size,Welcome Gift,Mood,Converted\n${rows.join('\n')}\n` });
    const { mapping, questions } = await throughProposal(folder);
    const [accounts] = mapping.files;
    assert.deepEqual(Object.keys(accounts?.features ?? {}), ['size']);
    assert.match(accounts?.leaveOut['Welcome Gift'] ?? '', /filled in for 100 % of the good ends and 0 % of the bad/);
    assert.match(accounts?.leaveOut.Mood ?? '', /alone it tells the outcomes apart with AUC 1\.00/);
    assert.ok(questions.some((question) => question.includes('Mood')));
  });

  it('reads subscriptions by their start and end, alone or beside accounts and deals', async (t) => {
    const rows = Array.from({ length: 40 }, (_, at) => {
      const left = at % 4 === 0;
      return [
        `001A${at}`,
        '2024-02-01',
        left ? '2024-11-30' : '',
        left ? 'Too dear' : '',
        1200 + at,
        ['Basic', 'Pro'][at % 2],
      ].join(',');
    });
    const file = `Account ID,Start Date,End Date,Churn Reason,ARR,Plan\n${rows.join('\n')}\n`;
    const alone = await throughProposal(folderOf(t, { 'subscriptions.csv': file }));
    assert.deepEqual(alone.counts, { account: 40, customer: 30, 'customer left': 10 });
    assert.deepEqual(Object.keys(alone.mapping.files[0]?.features ?? {}), ['arr', 'plan']);
    const beside = await throughProposal(folderOf(t, { ...salesforceExport(), 'Subscription.csv': file }));
    assert.deepEqual([beside.counts.account, beside.counts.customer, beside.counts['customer left']], [60, 30, 10]);
    const left = beside.records.find((record) => record.kind === 'customer' && record.endedAt !== null);
    assert.ok(left?.kind === 'customer');
    assert.deepEqual([left.accountId, left.churnReason, left.arr], ['001A0', 'Too dear', 1200]);
  });

  it('asks for an outcome where no column has one', async (t) => {
    const folder = folderOf(t, { 'weather.csv': 'day,rain\n2025-01-01,3\n2025-01-02,4\n' });
    await assert.rejects(proposeMapping(folder, now), /none in weather\.csv/);
  });

  it('reads the leads of the course seller, leaving out what sales wrote afterwards', async (t) => {
    const folder = realFolder(t, 'xeducation_leads');
    if (folder === null) return;
    const { counts, mapping } = await throughProposal(folder);
    assert.deepEqual(counts, { account: 9240, 'opportunity won': 3561, 'opportunity lost': 5679 });
    assert.deepEqual(mapping.time, { kind: 'order', by: 'Lead Number' });
    assert.ok(mapping.unknown.includes('Select'));
    const leftOut = Object.keys(mapping.files[0]?.leaveOut ?? {});
    for (const leak of ['Tags', 'Lead Quality', 'Last Activity', 'Last Notable Activity', 'Lead Profile']) {
      assert.ok(leftOut.includes(leak), leak);
    }
    assert.equal(leftOut.filter((column) => column.startsWith('Asymmetrique')).length, 4);
  });

  it('reads the deals of the hardware seller, mending names that differ in a blank', async (t) => {
    const folder = realFolder(t, 'maven_crm');
    if (folder === null) return;
    const { counts, mapping, records } = await throughProposal(folder);
    assert.deepEqual(counts, {
      account: 85,
      'opportunity won': 4238,
      'opportunity lost': 2473,
      'opportunity open': 2089,
    });
    assert.deepEqual(mapping.time, { kind: 'dates', formats: [], snapshot: '2017-12-31' });
    const products = new Set(records.flatMap((record) => (record.kind === 'opportunity' ? [record.more.product] : [])));
    assert.ok(products.has('GTX Pro') && !products.has('GTXPro'));
  });

  it('reads the customers of the phone company, and what tells their tenure is no feature', async (t) => {
    const folder = realFolder(t, 'telco_churn');
    if (folder === null) return;
    const { counts, mapping } = await throughProposal(folder);
    assert.deepEqual(counts, { account: 7043, customer: 7043 - 1869, 'customer left': 1869 });
    const leftOut = Object.keys(mapping.files[0]?.leaveOut ?? {});
    assert.ok(leftOut.includes('tenure') && leftOut.includes('TotalCharges'), leftOut.join());
  });

  it('reads the calls of the bank in their order, without their duration', async (t) => {
    const folder = realFolder(t, 'bank_marketing');
    if (folder === null) return;
    const { counts, mapping } = await throughProposal(folder);
    assert.deepEqual(counts, { account: 28831, 'opportunity won': 1606, 'opportunity lost': 27225 });
    assert.deepEqual(mapping.time, { kind: 'order', by: 'row' });
    assert.ok('duration' in (mapping.files[0]?.leaveOut ?? {}));
    assert.deepEqual(mapping.files[0]?.features.pdays?.from, { column: 'pdays', unknown: [999] });
  });
});
