import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { publicationReport } from '../../../src/engine/publish/publication-report.ts';
import { askToStop } from '../../../src/engine/publish/stop-publication.ts';
import { undoPublication } from '../../../src/engine/publish/undo-publication.ts';
import { IcpError } from '../../../src/errors.ts';
import { reportTotals } from '../../../src/icp/publishing/publication-report.ts';
import { auditOf } from '../../../src/store/audit.ts';
import { movePublication, publicationOf } from '../../../src/store/publications.ts';
import { type PublishedBook, publishedBook } from '../../support/published-book.ts';

const accounts = 260;
const leads = 5;
/** Four of the leads can be written. */
const records = accounts + leads - 1;
/** Small enough for the sixty rows behind the first two hundred to go by the job. */
const sizes = { byCall: 20, atOnce: 50 };
const by = 'via command line by a test';

class Killed extends Error {}

describe('stopping a publication', () => {
  let book: PublishedBook;
  before(async () => {
    book = await publishedBook({ accounts, leads });
  });
  beforeEach(() => book.reset());
  after(() => book?.store.close());

  const planned = async () => (await book.plan()).id;
  const stop = (id: string) => askToStop(book.ports, { id, by });
  const totals = async (id: string) => reportTotals(await publicationReport(book.store, id));
  /** A person asks at the nth time that the sending comes by a place. */
  const stopAt = (id: string, point: string, nth = 1) => {
    let seen = 0;
    return async (at: string) => {
      if (at === point && ++seen === nth) await stop(id);
    };
  };
  const carrying = (id: string) =>
    Object.values(book.crm.records).flatMap((ofObject) =>
      [...ofObject.values()].filter(({ ICP_Run_Id__c }) => ICP_Run_Id__c === id).map(({ Id }) => String(Id)),
    );
  /** Every row has an end that the org agrees with, and undoing it leaves no trace of the run. */
  const assertSettled = async (id: string, written: number) => {
    const all = await totals(id);
    assert.deepEqual(
      [all.written, all.setAside, all.leftOut, all.open],
      [written, 0, records - written, 0],
      'written, set aside, left out, open',
    );
    assert.equal(carrying(id).length, written);
    assert.deepEqual(
      [...book.crm.jobs.values()].filter(({ state }) => state === 'open' || state === 'working'),
      [],
      'no job is left for the CRM to work on',
    );
    book.crm.looksUntilDone = 2;
    const undo = await undoPublication(book.ports, { id, by });
    assert.equal((await book.send(undo.id, { sizes })).state, 'finished');
    assert.deepEqual(carrying(id), []);
  };

  it('aborts the job that the CRM works on, and knows of every row whether it was written', async () => {
    const id = await planned();
    Object.assign(book.crm, { looksUntilDone: 9, doneAtAbort: 23 });
    const stopped = await book.send(id, { sizes, fault: stopAt(id, 'while polling') });
    assert.deepEqual([stopped.state, stopped.reason], ['stopped', `stopped by a person: ${by}`]);
    assert.deepEqual(
      [...book.crm.jobs.values()].map(({ state }) => state),
      ['aborted'],
    );
    await assertSettled(id, 223);
    assert.equal((await publicationOf(book.store, id))?.state, 'stopped');
    const [asked] = await auditOf(book.store, 'publication.stop asked', `publication ${id}`);
    assert.deepEqual([asked?.actor, asked?.details], [by, { was: 'sending' }]);
  });

  it('takes what a job has done that came to its end before it could be aborted', async () => {
    const id = await planned();
    book.crm.looksUntilDone = 3;
    assert.equal((await book.send(id, { sizes, fault: stopAt(id, 'while polling', 2) })).state, 'stopped');
    await assertSettled(id, accounts);
  });

  it('sends no further row wherever a person asks', async () => {
    const ends: [string, number, string][] = [];
    for (const [point, nth] of [
      ['after rows marked', 1],
      ['after update', 1],
      ['after job asked', 1],
      ['after create', 1],
      ['after upload', 1],
      ['after close', 1],
      ['after results', 1],
      ['after update recorded', 2],
      ['before finish', 1],
    ] as const) {
      await book.reset();
      const id = await planned();
      const stopped = await book.send(id, { sizes, fault: stopAt(id, point, nth) });
      const { written, setAside, open } = await totals(id);
      assert.deepEqual([stopped.state, setAside, open], ['stopped', 0, 0], `${point} ${nth}`);
      assert.equal(carrying(id).length, written, `${point} ${nth}`);
      ends.push([point, written, book.crm.calls.includes('create') ? 'a job' : 'no job']);
      assert.equal((await book.send(id, { sizes })).state, 'stopped');
    }
    assert.deepEqual(ends, [
      ['after rows marked', 200, 'no job'],
      ['after update', 200, 'no job'],
      ['after job asked', 200, 'no job'],
      ['after create', 200, 'a job'],
      ['after upload', 200, 'a job'],
      ['after close', 200, 'a job'],
      ['after results', accounts, 'a job'],
      ['after update recorded', records, 'a job'],
      ['before finish', records, 'a job'],
    ]);
  });

  it('settles a slow job that was paused before anybody asked', async () => {
    const id = await planned();
    Object.assign(book.crm, { looksUntilDone: Number.POSITIVE_INFINITY, doneAtAbort: 31 });
    assert.equal((await book.send(id, { sizes })).state, 'paused');
    await stop(id);
    assert.equal((await book.send(id, { sizes })).state, 'stopped');
    await assertSettled(id, 231);
  });

  it('stays asked for while the CRM cannot be reached, and the next visit does it', async () => {
    const id = await planned();
    book.crm.looksUntilDone = Number.POSITIVE_INFINITY;
    assert.equal((await book.send(id, { sizes })).state, 'paused');
    await stop(id);
    book.crm.before = () => {
      throw new IcpError('crm_retry', 'the CRM did not answer in time');
    };
    const asked = await book.send(id, { sizes });
    assert.equal(asked.state, 'stopping');
    assert.match(asked.reason ?? '', /it is to be stopped, .* is not known yet: the CRM did not answer in time/);
    assert.equal((await book.send(id, { sizes }, false)).state, 'stopping', 'it waits a little');
    await assert.rejects(book.plan(), { code: 'publication_under_way' });
    book.crm.before = () => {};
    book.clock.now = asked.resumeAt ?? 0;
    const stopped = await book.send(id, { sizes }, false);
    assert.deepEqual([stopped.state, stopped.reason], ['stopped', `stopped by a person: ${by}`]);
    await assertSettled(id, 200);
  });

  it('ends as asked when it is killed once at each boundary of stopping', async () => {
    for (const point of ['while polling', 'after read back', 'between rows recorded', 'after job recorded']) {
      await book.reset();
      const id = await planned();
      Object.assign(book.crm, { looksUntilDone: 9, doneAtAbort: 40 });
      const fault = async (at: string) => {
        if (at === 'while polling') throw new Killed();
      };
      await assert.rejects(book.send(id, { sizes, fault }), Killed);
      await stop(id);
      let isDead = false;
      const kill = (at: string) => {
        if (at !== point || isDead) return;
        isDead = true;
        throw new Killed();
      };
      await assert.rejects(book.send(id, { sizes: { ...sizes, atOnce: 7 }, fault: kill }), Killed, point);
      assert.equal((await book.send(id, { sizes })).state, 'stopped');
      await assertSettled(id, 240);
    }
  });

  it('waits for the org that it wrote to, until a person says a second time that it is gone', async () => {
    const id = await planned();
    book.crm.looksUntilDone = Number.POSITIVE_INFINITY;
    assert.equal((await book.send(id, { sizes })).state, 'paused');
    await stop(id);
    const first = book.crm.orgNow;
    book.crm.orgNow = { ...first, id: '00D000000000002EAA', name: 'Northwind sandbox' };
    const asked = await book.send(id, { sizes });
    assert.equal(asked.state, 'stopping');
    assert.match(asked.reason ?? '', /connect the first, or say lodestar publications stop .* again/);
    assert.equal((await stop(id)).state, 'stopping');
    assert.equal((await book.send(id, { sizes, giveUp: true })).state, 'stopped');
    assert.deepEqual(
      (await publicationReport(book.store, id)).failures.map(({ code, rows }) => [code, rows]),
      [['NOT_KNOWN', 60]],
    );
    // The first org comes back after all, and its job had been done.
    book.crm.orgNow = first;
    book.crm.looksUntilDone = 0;
    for (const { id: job } of [...book.crm.jobs.values()]) await book.crm.writer.jobs.state(job);
    assert.equal(carrying(id).length, accounts);
    const undo = await undoPublication(book.ports, { id, by });
    assert.equal((await book.send(undo.id, { sizes })).state, 'finished');
    assert.deepEqual(carrying(id), []);
  });

  it('never leaves an end for another', async () => {
    const id = await planned();
    await stop(id);
    assert.equal((await book.send(id, { sizes })).state, 'stopped');
    for (const state of ['sending', 'paused', 'stopping', 'finished', 'superseded'] as const)
      assert.equal(await movePublication(book.store, id, { state }), false, state);
    assert.equal((await publicationOf(book.store, id))?.state, 'stopped');
  });
});
