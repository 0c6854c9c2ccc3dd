import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmRecord } from '../../../src/connectors/crm.ts';
import { type Came, clientOf, data, rawSalesforce } from './raw-salesforce.ts';

const stamp = (second: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + second * 1000).toISOString();
const idOf = (n: number) => `001${String(n).padStart(12, '0')}AAA`;
const typed = (name: string, type: string) => ({ name, type });
const account = {
  fields: [
    typed('Id', 'id'),
    typed('SystemModstamp', 'datetime'),
    typed('IsDeleted', 'boolean'),
    typed('MasterRecordId', 'reference'),
    typed('NumberOfEmployees', 'int'),
    typed('BillingAddress', 'address'),
    { name: 'OwnerId', type: 'reference', referenceTo: ['Group', 'User'], relationshipName: 'Owner' },
  ],
};

/** A server with so many accounts, of which three share each stamp; REST pages of 2,000. */
function manyAccounts(total: number, spoil: (came: Came) => boolean = () => false) {
  const row = (n: number) => ({
    attributes: { type: 'Account', url: '/x' },
    ...{ Id: idOf(n), SystemModstamp: stamp(Math.floor(n / 3)).replace('Z', '+0000') },
    ...{ NumberOfEmployees: n % 2 === 0 ? n : null, Owner: { attributes: {}, IsActive: n % 5 === 0 } },
  });
  const page = (from: number, to: number) => {
    const end = Math.min(from + 2_000, to);
    const next = end < to ? { nextRecordsUrl: `${data}/query/01g-${end}` } : {};
    return {
      totalSize: total,
      done: end >= to,
      ...next,
      records: Array.from({ length: end - from }, (_, k) => row(from + k)),
    };
  };
  return (came: Came) => {
    if (spoil(came)) return;
    if (came.path.endsWith('/describe'))
      return came.json(
        came.path.includes('/Account/')
          ? account
          : { fields: came.path.includes('/User/') ? [typed('IsActive', 'boolean')] : [] },
      );
    const query = came.query.get('q') ?? '';
    if (came.path === '/query' && query.includes('COUNT()'))
      return came.json({ totalSize: total, done: true, records: [] });
    if (came.path === '/query' && query.includes('LIMIT')) {
      const after = /Id > '001(\d{12})/.exec(query);
      const from = after === null ? 0 : Number(after[1]) + 1;
      return came.json({ ...page(from, Math.min(from + 2_000, total)), totalSize: Math.min(2_000, total - from) });
    }
    if (came.path === '/query') return came.json(page(0, total));
    if (came.path.startsWith('/query/01g-')) return came.json(page(Number(came.path.slice(11)), total));
    if (came.method === 'POST' && came.path === '/jobs/query')
      return came.json({ id: '750000000000009AAA', state: 'UploadComplete' });
    if (came.path === '/jobs/query/750000000000009AAA')
      return came.json({ id: '750000000000009AAA', state: came.before < 1 ? 'InProgress' : 'JobComplete' });
    if (came.path.endsWith('/results')) {
      const from = Number(came.query.get('locator') ?? 0);
      const end = Math.min(from + Number(came.query.get('maxRecords')), total);
      const lines = Array.from({ length: end - from }, (_, k) => {
        const n = from + k;
        return `"${n % 2 === 0 ? n : ''}","${idOf(n)}","${stamp(Math.floor(n / 3))}","${n % 5 === 0}"`;
      });
      const text = ['"NumberOfEmployees","Id","SystemModstamp","Owner.IsActive"', ...lines, ''].join('\n');
      const isCut = came.before === 1;
      return came.csv(isCut ? text.slice(0, text.length * 0.6) : text, {
        ...{ 'sforce-numberofrecords': String(end - from), 'sforce-locator': end < total ? String(end) : 'null' },
      });
    }
    return false;
  };
}

async function readAll<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  return Array.fromAsync(pages);
}

const plain = (n: number): CrmRecord => ({
  ...{ Id: idOf(n), NumberOfEmployees: n % 2 === 0 ? n : null, 'Owner.IsActive': n % 5 === 0 },
});
const withoutStamp = ({ SystemModstamp: _, ...record }: CrmRecord) => record;
const fields = ['NumberOfEmployees', 'Owner.IsActive'];

/** An object that says when it changed, and nothing else. */
const stamped = { fields: [typed('Id', 'id'), typed('SystemModstamp', 'datetime')] };

describe('reading Salesforce', () => {
  it('reads 25,000 records by REST to the last one', async () => {
    const server = await rawSalesforce(manyAccounts(25_000));
    const { crm } = clientOf(server.url, { bulkAbove: 100_000 });
    const records = (await readAll(crm.reader.snapshot('Account', fields))).flat();
    assert.equal(records.length, 25_000);
    assert.deepEqual(
      records.map(withoutStamp),
      Array.from({ length: 25_000 }, (_, n) => plain(n)),
    );
    assert.equal(crm.writer.calls(), 13);
    await server.close();
  });

  it('refuses pages that do not add up to what was said', async () => {
    const server = await rawSalesforce((came) =>
      came.path === '/query'
        ? came.json({ totalSize: 3, done: true, records: [{ Id: idOf(1) }, { Id: idOf(2) }] })
        : false,
    );
    const { crm } = clientOf(server.url);
    await assert.rejects(readAll(crm.reader.ids('Account')), { code: 'crm_retry', message: /3 records and gave 2/ });
    await server.close();
  });

  it('reads many pages of a query job, each value as REST gives it, and takes up a page that was cut', async () => {
    const server = await rawSalesforce(manyAccounts(12_000));
    const { crm } = clientOf(server.url, { jobPage: 5_000 });
    const pages = await readAll(crm.reader.snapshot('Account', fields));
    assert.deepEqual(
      pages.flat().map(withoutStamp),
      Array.from({ length: 12_000 }, (_, n) => plain(n)),
    );
    assert.ok(pages.every((page) => page.length <= 2_000));
    assert.equal(server.count('GET /jobs/query/750000000000009AAA/results'), 4, 'three pages, one of them twice');
    assert.deepEqual(
      server.seen.flatMap((name, at) => (name.startsWith('DELETE') ? [at] : [])),
      [server.seen.length - 1],
      'the job is deleted once, when everything is read',
    );
    await server.close();
  });

  for (const [way, bulkAbove] of [
    ['REST', 1_000_000],
    ['a job', 10],
  ] as const)
    it(`gives changes in order and goes on behind any place, by ${way}`, async () => {
      const server = await rawSalesforce(manyAccounts(5_000));
      const { crm } = clientOf(server.url, { bulkAbove, jobPage: 3_000 });
      const pages = await readAll(crm.reader.changed('Account', { fields, after: null }));
      assert.deepEqual(
        pages.flatMap(({ records }) => records.map(({ Id }) => Id)),
        Array.from({ length: 5_000 }, (_, n) => idOf(n)),
      );
      for (const { records, place } of pages) {
        assert.equal(place.id, records.at(-1)?.Id);
        assert.equal(place.modstamp, Date.parse(String(records.at(-1)?.SystemModstamp)));
      }
      await server.close();
    });

  it('asks for what lies behind a place among equal stamps, and for everything from an instant on', async () => {
    const asked: string[] = [];
    const server = await rawSalesforce((came) => {
      if (came.path.endsWith('/describe')) return came.json(stamped);
      if (came.path !== '/query') return false;
      asked.push(came.query.get('q') ?? '');
      return came.json({ totalSize: asked.length === 1 ? 1 : 0, done: true, records: [] });
    });
    const { crm } = clientOf(server.url);
    const modstamp = Date.parse('2026-01-01T00:00:00Z');
    await readAll(
      crm.reader.changed('Lead', { fields: ['Email'], after: { modstamp, id: idOf(7) }, where: 'IsConverted = false' }),
    );
    await readAll(crm.reader.changed('Lead', { fields: [], after: { modstamp, id: '' } }));
    const behind = `((SystemModstamp = 2026-01-01T00:00:00.000Z AND Id > '${idOf(7)}') OR SystemModstamp > 2026-01-01T00:00:00.000Z)`;
    assert.deepEqual(asked, [
      `SELECT COUNT() FROM Lead WHERE (IsConverted = false) AND ${behind}`,
      `SELECT Id, SystemModstamp, Email FROM Lead WHERE (IsConverted = false) AND ${behind} ORDER BY SystemModstamp, Id LIMIT 2000`,
      'SELECT COUNT() FROM Lead WHERE (SystemModstamp >= 2026-01-01T00:00:00.000Z)',
    ]);
    await server.close();
  });

  it('stops where records come out of order, since some would be passed over', async () => {
    const records = [2, 1].map((second) => ({ Id: idOf(second), SystemModstamp: stamp(second) }));
    const server = await rawSalesforce((came) => {
      if (came.path.endsWith('/describe')) return came.json(stamped);
      return came.path === '/query' ? came.json({ totalSize: 2, done: true, records }) : false;
    });
    const { crm } = clientOf(server.url);
    await assert.rejects(readAll(crm.reader.changed('Account', { fields: [], after: null })), {
      code: 'crm_stop',
      message: /order of change/,
    });
    await server.close();
  });

  it('walks an object without a change stamp, such as a history, by when its records were made', async () => {
    const asked: string[] = [];
    const server = await rawSalesforce((came) => {
      if (came.path.endsWith('/describe'))
        return came.json({ fields: [typed('Id', 'id'), typed('CreatedDate', 'datetime')] });
      if (came.path !== '/query') return false;
      asked.push(came.query.get('q') ?? '');
      return came.json({ totalSize: 0, done: true, records: [] });
    });
    const { crm } = clientOf(server.url);
    const modstamp = Date.parse('2026-01-01T00:00:00Z');
    await readAll(crm.reader.changed('LeadHistory', { fields: ['Field'], after: { modstamp, id: '' } }));
    assert.deepEqual(asked, ['SELECT COUNT() FROM LeadHistory WHERE (CreatedDate >= 2026-01-01T00:00:00.000Z)']);
    await server.close();
  });

  it('tells a merge from a deletion, and passes over objects that have no bin', async () => {
    const asked: string[] = [];
    const server = await rawSalesforce((came) => {
      if (came.path === '/sobjects/Account/describe') return came.json(account);
      if (came.path === '/sobjects/Lead/describe')
        return came.json({ fields: [typed('Id', 'id'), typed('IsDeleted', 'boolean')] });
      if (came.path.endsWith('/describe')) return came.json({ fields: [typed('Id', 'id')] });
      if (came.path !== '/queryAll') return false;
      asked.push(came.query.get('q') ?? '');
      const records = [
        { Id: idOf(1), SystemModstamp: stamp(1), MasterRecordId: idOf(2) },
        { Id: idOf(3), SystemModstamp: stamp(3), MasterRecordId: null },
      ];
      return came.json({ totalSize: 2, done: true, records });
    });
    const { crm } = clientOf(server.url);
    assert.deepEqual((await readAll(crm.reader.deleted('Account', Date.parse(stamp(0))))).flat(), [
      { id: idOf(1), deletedAt: Date.parse(stamp(1)), mergedInto: idOf(2) },
      { id: idOf(3), deletedAt: Date.parse(stamp(3)), mergedInto: null },
    ]);
    await readAll(crm.reader.deleted('Lead', 0));
    assert.deepEqual(await readAll(crm.reader.deleted('User', 0)), []);
    assert.match(asked[0] ?? '', /IsDeleted = true.*SystemModstamp >= 2026-01-01T00:00:00\.000Z/);
    assert.doesNotMatch(asked[1] ?? '', /MasterRecordId/);
    await server.close();
  });

  it('finds records by id, leaves out those that are gone, and says so of an object that is not there', async () => {
    const server = await rawSalesforce((came) => {
      if (came.path === '/composite/sobjects/Account')
        return came.json([{ Id: idOf(1), SystemModstamp: stamp(1), ICP_Run_Id__c: 'r' }, null]);
      return false;
    });
    const { crm } = clientOf(server.url);
    const found = await crm.reader.byId('Account', [idOf(1), idOf(2)], ['ICP_Run_Id__c']);
    assert.deepEqual([...found], [[idOf(1), { Id: idOf(1), SystemModstamp: stamp(1), ICP_Run_Id__c: 'r' }]]);
    await assert.rejects(crm.reader.describe('Nothing__c'), { code: 'crm_no_object', message: /no object Nothing__c/ });
    await server.close();
  });

  it('refuses names that are no names, and a field of several parts', async () => {
    const server = await rawSalesforce(manyAccounts(10));
    const { crm } = clientOf(server.url, { bulkAbove: 1 });
    await assert.rejects(crm.reader.count('Account WHERE Id = null'), { code: 'crm_stop' });
    await assert.rejects(readAll(crm.reader.snapshot('Account', ["Name = 'x' OR Name"])), { code: 'crm_stop' });
    await assert.rejects(readAll(crm.reader.changed('Account', { fields: [], after: null, where: 'x = 1; DELETE' })), {
      code: 'crm_stop',
    });
    await assert.rejects(readAll(crm.reader.snapshot('Account', ['BillingAddress'])), {
      code: 'crm_stop',
      message: /several parts/,
    });
    await server.close();
  });
});
