import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { localOrg } from '../../src/compose/box/local-org.ts';
import { connectCrm } from '../../src/compose/crm/connect-crm.ts';
import type { Crm } from '../../src/connectors/crm.ts';
import { planPublication } from '../../src/engine/publish/plan-publication.ts';
import { publicationReport } from '../../src/engine/publish/publication-report.ts';
import { sendPublication } from '../../src/engine/publish/send-publication.ts';
import type { SendPorts } from '../../src/engine/publish/sending.ts';
import { undoPublication } from '../../src/engine/publish/undo-publication.ts';
import { differing, keptValues } from '../../src/icp/publishing/diff-values.ts';
import { reportTotals } from '../../src/icp/publishing/publication-report.ts';
import { publishedFields } from '../../src/icp/publishing/published-fields.ts';
import { rowsInOrder } from '../../src/store/publication-rows.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import { type PublishedBook, publishedBook } from '../support/published-book.ts';
import { onlyBook } from '../support/small-market.ts';

const accounts = 260;
const leads = 10;
const names = publishedFields.map(({ name }) => name);
/** Small enough for the sixty accounts behind the first two hundred to go by the job. */
const sizes = { byCall: 20, atOnce: 50 };

describe('publishing over the real protocol', () => {
  let book: PublishedBook;
  let local: LocalSalesforce;
  let crm: Crm;
  let close: () => void = () => {};
  before(async () => {
    book = await publishedBook({ accounts, leads });
    local = await startLocalSalesforce({ org: { ...localOrg, jobDelayMs: 20, batchDelayMs: 5 } });
    const short = (id: string) => id.slice(0, 15);
    local.org.insert(
      'Account',
      [...book.crm.records.Account.keys()].map((id) => ({ Id: short(id), Name: `Account ${id}` })),
    );
    local.org.insert(
      'Lead',
      [...book.crm.records.Lead.keys()].map((id) => ({ Id: short(id), LastName: id, Company: id })),
    );
    const { clientId, clientSecret } = local.options;
    const salesforce = { kind: 'client credentials', loginUrl: local.url, clientId, clientSecret } as const;
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const found = await connectCrm({ salesforce }, { log, now: Date.now });
    ({ crm, close } = found ?? assert.fail('there is an org'));
  });
  after(async () => {
    close();
    await local?.close();
    await book?.store.close();
  });

  const ports = (): PublishedBook['ports'] => ({
    ...{ ...book.ports, crm, sizes },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 100))),
  });
  const plan = async () =>
    planPublication(ports(), { book: await onlyBook(book.store), by: 'via command line by a test' });
  const send = (id: string, more: Partial<SendPorts> = {}) =>
    sendPublication({ ...ports(), ...more }, id, { evenIfPaused: true });
  const inOrg = async () => {
    const found = new Map<string, ReturnType<typeof keptValues>>();
    for (const object of ['Account', 'Lead'] as const)
      for await (const page of crm.reader.snapshot(object, names))
        for (const record of page) found.set(String(record.Id), keptValues(record));
    return found;
  };

  it('writes every row of the plan, with answers lost on the way, and takes all of it back', async () => {
    const untouched = await inOrg();
    local.plan({
      rules: [
        { fault: { kind: 'lose' }, on: 'PATCH .*/composite/sobjects', times: 1 },
        { fault: { kind: 'lose' }, on: 'POST .*/jobs/ingest$', times: 1 },
      ],
    });
    const { id, objects } = await plan();
    assert.deepEqual(
      objects.map(({ rows }) => rows),
      [accounts, leads],
    );
    let state = '';
    for (let visit = 0; visit < 6 && state !== 'finished'; visit++) ({ state } = await send(id));
    const report = await publicationReport(book.store, id);
    assert.deepEqual([report.state, report.failures], ['finished', []]);
    assert.equal(reportTotals(report).written, accounts + leads);
    const written = await inOrg();
    for await (const chunk of rowsInOrder(book.store, id))
      for (const { recordId, after } of chunk) assert.deepEqual(differing(written.get(recordId) ?? {}, after), []);
    assert.deepEqual(
      (await crm.writer.jobs.open(0)).filter(({ state: job }) => job === 'open'),
      [],
      'no job was left open',
    );
    const again = await plan();
    assert.deepEqual(
      again.objects.map(({ rows }) => rows),
      [0, 0],
    );
    assert.equal((await send(again.id)).reason, 'nothing was written');

    const undo = await undoPublication(ports(), { id, by: 'via command line by a test' });
    assert.equal(undo.changedSince, 0);
    assert.equal((await send(undo.id)).state, 'finished');
    assert.deepEqual(await inOrg(), untouched);
  });

  it('stops at the first two hundred when the org refuses many of them', async () => {
    const locked = [...book.crm.records.Account.keys()].filter((_, nth) => nth % 10 === 0);
    local.plan({ clear: true, locks: [{ ids: locked, times: 50 }] });
    const { id } = await plan();
    const stopped = await send(id);
    assert.equal(stopped.state, 'stopped');
    const { failures, ...rest } = await publicationReport(book.store, id);
    assert.deepEqual(
      failures.map(({ code }) => code),
      ['UNABLE_TO_LOCK_ROW'],
    );
    assert.equal(reportTotals(rest).written + reportTotals(rest).setAside, 200);
  });
});
