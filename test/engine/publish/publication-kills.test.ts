import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { faultPoints } from '../../../src/engine/publish/fault-points.ts';
import { publicationReport } from '../../../src/engine/publish/publication-report.ts';
import { IcpError } from '../../../src/errors.ts';
import { reportTotals } from '../../../src/icp/publishing/publication-report.ts';
import { publicationOf } from '../../../src/store/publications.ts';
import { type PublishedBook, publishedBook } from '../../support/published-book.ts';

const accounts = 260;
/** Small enough for the sixty rows behind the first two hundred to go by the job. */
const sizes = { byCall: 20, atOnce: 50 };
const leads = 5;

class Killed extends Error {}

describe('a publication that goes by the job', () => {
  let book: PublishedBook;
  before(async () => {
    book = await publishedBook({ accounts, leads });
  });
  beforeEach(() => book.reset());
  after(() => book?.store.close());

  const planned = async () => (await book.plan()).id;
  const openJobs = () => [...book.crm.jobs.values()].filter(({ state }) => state === 'open');

  /** Visits until it has come to its end, killed where `kills` says: after so many boundaries of the visit. */
  async function visitUntilOver(id: string, kills: readonly number[]): Promise<number> {
    for (let visit = 0; visit < 40; visit++) {
      let left = kills[visit] ?? Number.POSITIVE_INFINITY;
      try {
        await book.send(id, {
          sizes,
          fault: () => {
            if (left-- === 0) throw new Killed();
          },
        });
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
      const state = (await publicationOf(book.store, id))?.state ?? '';
      if (['finished', 'stopped', 'superseded'].includes(state)) return visit + 1;
    }
    return assert.fail('it never comes to its end');
  }

  const assertAsPlanned = async (id: string) => {
    assert.deepEqual(await book.unlike(id), [], 'the org is as the plan says');
    assert.equal(book.crm.written.size, accounts + leads - 1, 'every row was written, and no other');
    assert.deepEqual(new Set(book.crm.written.values()), new Set([1]), 'each of them once');
    assert.deepEqual(openJobs(), [], 'no job was left open');
    const all = reportTotals(await publicationReport(book.store, id));
    assert.deepEqual([all.planned, all.written, all.open], [accounts + leads - 1, accounts + leads - 1, 0]);
  };

  it('takes few calls: a canary, one job, few looks', async () => {
    const plan = await book.plan();
    assert.equal((await book.send(plan.id, { sizes })).state, 'finished');
    await assertAsPlanned(plan.id);
    const counted = (operation: string) => book.crm.calls.filter((one) => one === operation).length;
    assert.deepEqual(['update', 'create', 'upload', 'close', 'results'].map(counted), [2, 1, 1, 1, 1]);
    const { calls } = await publicationReport(book.store, plan.id);
    assert.equal(calls, book.crm.calls.length);
    assert.ok(calls <= 25, `${calls} calls`);
  });

  it('ends as planned when it is killed once at each boundary', async () => {
    const seen = new Set<string>();
    for (const point of faultPoints) {
      await book.reset();
      if (point === 'after read back') book.crm.leaveOut = 3;
      const id = await planned();
      let isDead = false;
      const fault = (at: string) => {
        if (at !== point || isDead) return;
        isDead = true;
        seen.add(at);
        throw new Killed();
      };
      await assert.rejects(book.send(id, { fault, sizes }), Killed, point);
      assert.equal((await book.send(id, { sizes })).state, 'finished');
      await assertAsPlanned(id);
    }
    assert.deepEqual([...seen], [...faultPoints]);
  });

  it('ends as planned when it is killed anywhere, answers are lost and jobs break off', async () => {
    let deaths = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 14 }), { maxLength: 9 }),
        fc.array(fc.tuple(fc.constantFrom('create', 'upload', 'close', 'update', 'results', 'state'), fc.nat(2)), {
          maxLength: 3,
        }),
        fc.option(fc.integer({ min: 1, max: 59 }), { nil: null }),
        fc.nat({ max: 4 }),
        async (kills, lost, failAfter, leaveOut) => {
          await book.reset();
          const id = await planned();
          Object.assign(book.crm, { failAfter, leaveOut });
          const seen = new Map<string, number>();
          book.crm.after = (operation) => {
            const nth = seen.get(operation) ?? 0;
            seen.set(operation, nth + 1);
            if (lost.some(([one, at]) => one === operation && at === nth))
              throw new IcpError('crm_retry', 'the CRM did not answer in time');
          };
          deaths += (await visitUntilOver(id, kills)) - 1;
          await assertAsPlanned(id);
        },
      ),
      { numRuns: 12, seed: 5 },
    );
    assert.ok(deaths > 30, `it was cut off ${deaths} times`);
  });

  it('leaves a job that does not come to its end to a later visit', async () => {
    const id = await planned();
    book.crm.looksUntilDone = Number.POSITIVE_INFINITY;
    const paused = await book.send(id, { sizes });
    assert.equal(paused.state, 'paused');
    assert.match(paused.reason ?? '', /still working on its job 750\d+AAA of 60 rows/);
    assert.ok((paused.resumeAt ?? 0) > book.clock.now);
    assert.deepEqual(
      [...book.crm.jobs.values()].map(({ state }) => state),
      ['working'],
    );
    book.crm.looksUntilDone = 1;
    assert.equal((await book.send(id, { sizes })).state, 'finished');
    await assertAsPlanned(id);
    assert.equal(book.crm.jobs.size, 1);
  });

  it('waits with the words of the CRM where it refuses a job as a whole, and begins another later', async () => {
    const id = await planned();
    book.crm.failAfter = 0;
    const paused = await book.send(id, { sizes });
    assert.equal(paused.state, 'paused');
    assert.match(paused.reason ?? '', /refused the job 750\d+AAA: InternalServerError/);
    assert.equal((await book.send(id, { sizes })).state, 'finished');
    await assertAsPlanned(id);
    assert.equal(book.crm.jobs.size, 2);
  });

  for (const done of [0, 23])
    it(`waits for a person where somebody aborted its job after ${done} rows, and asks the org which`, async () => {
      const id = await planned();
      Object.assign(book.crm, { looksUntilDone: 9, doneAtAbort: done });
      let job = '';
      const abort = async (at: string) => {
        if (at !== 'while polling' || job !== '') return;
        job = [...book.crm.jobs.keys()].at(-1) ?? '';
        await book.crm.writer.jobs.abort(job);
      };
      // A visit that dies before it could write down that it waits is followed by one that does.
      const abortAndDie = async (at: string) => {
        await abort(at);
        if (at === 'after read back') throw new Killed();
      };
      await assert.rejects(book.send(id, { sizes, fault: abortAndDie }), Killed);
      const paused = await book.send(id, { sizes }, false);
      assert.deepEqual(
        [paused.state, paused.reason, paused.resumeAt],
        [
          'paused',
          `somebody aborted the job ${job} in Salesforce; lodestar publish goes on, lodestar publications stop ends it`,
          null,
        ],
      );
      book.clock.now += 7 * 86_400_000;
      assert.equal((await book.send(id, { sizes }, false)).state, 'paused', 'not by itself, however late');
      assert.equal(book.crm.written.size, 200 + done);
      book.crm.looksUntilDone = 1;
      assert.equal((await book.send(id, { sizes })).state, 'finished');
      await assertAsPlanned(id);
    });

  it('goes on where somebody aborted a job that had done all its rows', async () => {
    const id = await planned();
    Object.assign(book.crm, { looksUntilDone: 9, doneAtAbort: 60 });
    const abort = async (at: string) => {
      if (at === 'while polling') for (const job of book.crm.jobs.keys()) await book.crm.writer.jobs.abort(job);
    };
    assert.equal((await book.send(id, { sizes, fault: abort })).state, 'finished');
    await assertAsPlanned(id);
  });

  it('asks the org when the CRM knows a job no more', async () => {
    const id = await planned();
    const fault = (at: string) => {
      if (at === 'while polling') throw new Killed();
    };
    book.crm.looksUntilDone = 1;
    await assert.rejects(book.send(id, { fault, sizes }), Killed);
    book.crm.jobs.clear();
    assert.equal((await book.send(id, { sizes })).state, 'finished');
    await assertAsPlanned(id);
  });

  it('settles what was sent when another model comes into force meanwhile, and sends no more', async () => {
    const id = await planned();
    const fault = (at: string) => {
      if (at === 'after close recorded') throw new Killed();
    };
    await assert.rejects(book.send(id, { fault, sizes }), Killed);
    await book.learn(280);
    assert.equal((await book.send(id, { sizes })).state, 'superseded');
    const all = reportTotals(await publicationReport(book.store, id));
    assert.deepEqual([all.written, all.leftOut, all.open], [accounts, leads - 1, 0]);
    assert.equal(book.crm.written.size, accounts);
  });

  it('throws away a job that is not closed when another model comes into force meanwhile', async () => {
    const id = await planned();
    const fault = (at: string) => {
      if (at === 'after upload recorded') throw new Killed();
    };
    await assert.rejects(book.send(id, { fault, sizes }), Killed);
    await book.learn(230);
    assert.equal((await book.send(id, { sizes })).state, 'superseded');
    assert.equal(book.crm.written.size, 200);
    assert.deepEqual(openJobs(), []);
  });
});
