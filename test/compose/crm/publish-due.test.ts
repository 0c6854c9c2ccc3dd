import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type PublishingHouse, publishBook, stopBook } from '../../../src/compose/crm/publish-book.ts';
import { publishDue } from '../../../src/compose/crm/publish-due.ts';
import type { FaultPoint } from '../../../src/engine/publish/fault-points.ts';
import { publishPrefix } from '../../../src/engine/publish/may-publish.ts';
import { publishChannelSetting } from '../../../src/engine/publish/tell-publication.ts';
import { crmBookSetting } from '../../../src/engine/sync/crm-settings.ts';
import { type PublicationReport, reportTotals } from '../../../src/icp/publishing/publication-report.ts';
import { type Publication, publicationsOf } from '../../../src/store/publications.ts';
import { addSetting } from '../../../src/store/settings.ts';
import { morning, type PublishedBook, publishedBook } from '../../support/published-book.ts';
import { onlyBook } from '../../support/small-market.ts';

const accounts = 260;
const by = 'via command line by a test';

describe('publishing by the clock', () => {
  let book: PublishedBook;
  let told: PublicationReport[] = [];
  let fault: (at: FaultPoint) => Promise<void> = async () => {};
  let saas = 300;
  before(async () => {
    book = await publishedBook({ accounts });
    await set(`${publishPrefix}main`, { on: true, first: true });
    await set(publishChannelSetting, 'C1');
  });
  beforeEach(async () => {
    await book.reset();
    told = [];
    fault = async () => {};
    await set(`${publishPrefix}main`, { on: true, first: true });
  });
  after(() => book?.store.close());

  const set = (key: string, value: unknown) => addSetting(book.store, { key, value, setAt: morning, setBy: 'a test' });
  const house = (more: Partial<PublishingHouse> = {}): PublishingHouse => {
    const { store, ports, clock, crm } = book;
    const tell = async (report: PublicationReport) => {
      told.push(report);
      return { channel: 'C1', ts: '1' };
    };
    return {
      ...{ store, compute: ports.compute, now: () => clock.now, holder: 'a test', log: { info() {} } },
      ...{ sizes: { byCall: 20, atOnce: 50 }, sleep: ports.sleep, fault: (at) => fault(at) },
      crm: async () => crm,
      tellers: { publicationReport: tell, publicationPaused: tell },
      ...more,
    };
  };
  const due = async (more: Partial<PublishingHouse> = {}) => publishDue(house(more), await onlyBook(book.store));
  const last = async (): Promise<Publication> => (await publicationsOf(book.store, 'main', 1))[0] ?? assert.fail();
  const learn = () => book.learn(saas++);

  it('leaves alone what it stopped by itself, and publishes by the next model that is approved', async () => {
    for (const [nth, id] of [...book.crm.records.Account.keys()].entries())
      if (nth % 10 === 0) book.crm.refused.set(id, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    await due();
    const stopped = await last();
    assert.equal(stopped.state, 'stopped');
    assert.match(
      (await due())?.note ?? '',
      /the last publication by this model was stopped; .* lodestar publish tries again/,
    );
    assert.deepEqual(
      told.map(({ state, id }) => [state, id]),
      [['stopped', stopped.id]],
    );
    book.crm.refused.clear();
    book.clock.now += 60_000;
    await learn();
    await due();
    assert.deepEqual([(await last()).state, (await last()).id === stopped.id], ['finished', false]);
    assert.match((await due())?.note ?? '', /Northwind \(local\) has these scores/);
  });

  it('leaves alone what a person stopped, says so once, and publishes when a person does', async () => {
    const at: FaultPoint = 'after job asked';
    const wish = async () => stopBook(house({ tellers: null }), { run: (await last()).id, by });
    let stopping: Promise<unknown> = Promise.resolve();
    fault = async (point) => {
      if (point !== at) return;
      fault = async () => {};
      stopping = wish();
      while ((await last()).state !== 'stopping') await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await due();
    await stopping;
    const stopped = await last();
    assert.deepEqual([stopped.state, stopped.reason], ['stopped', `stopped by a person: ${by}`]);
    assert.deepEqual(
      told.map(({ state }) => state),
      ['stopped'],
    );
    assert.match((await due())?.note ?? '', /the last publication by this model was stopped/);
    assert.equal(book.crm.written.size, 200);
    book.clock.now += 60_000;
    await publishBook(house(), { book: await onlyBook(book.store), by });
    assert.equal((await last()).state, 'finished');
    assert.equal(book.crm.written.size, accounts);
  });

  it('ends what a person stopped where nobody sends, at once where nothing was sent', async () => {
    book.crm.left = 5;
    await due();
    const { id } = await last();
    assert.equal((await last()).state, 'paused');
    const stopped = await stopBook(house({ crm: async () => assert.fail('nothing is asked of the CRM') }), {
      run: id,
      by,
    });
    assert.equal(stopped.state, 'stopped');
    assert.deepEqual(
      told.map(({ state }) => state),
      ['paused', 'stopped'],
    );
    await assert.rejects(stopBook(house(), { run: id, by }), { code: 'publication_over' });
  });

  it('ends by the clock what could not be ended when a person stopped it, published or not', async () => {
    Object.assign(book.crm, { looksUntilDone: Number.POSITIVE_INFINITY, doneAtAbort: 10 });
    await due();
    const { id, state } = await last();
    assert.equal(state, 'paused');
    const asked = await stopBook(house({ crm: async () => null }), { run: id, by });
    assert.equal(asked.state, 'stopping');
    await set(`${publishPrefix}main`, { on: false });
    await set(crmBookSetting, 'another');
    await due();
    const report = told.at(-1) ?? assert.fail();
    const { written, leftOut, open } = reportTotals(report);
    assert.deepEqual([report.state, written, leftOut, open], ['stopped', 210, 50, 0]);
    assert.equal(await due(), null);
  });
});
