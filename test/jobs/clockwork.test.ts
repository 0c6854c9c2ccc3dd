import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { IcpError } from '../../src/errors.ts';
import { leaseMs } from '../../src/jobs/run-open.ts';
import { type JobRun, runsOf } from '../../src/store/job-runs.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { aWorld, type Begun, plenty, type World } from './a-world.ts';

const hour = 3_600_000;
const day = 24 * hour;
const minute = 60_000;
/** Sync is usually due at three. */
const noon = Date.UTC(2026, 5, 1, 12);
const atThree = (days: number) => Date.UTC(2026, 5, 1 + days, 3);

/** Waits until something has come about: the database is a real one and answers in its own time. */
async function until(come: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (await come()) return;
    await sleep(2);
  }
  assert.fail('it never came about');
}

describe('the clockwork', () => {
  let store: Store;
  let world: World;
  before(async () => {
    store = await freshStore();
  });
  after(() => store.close());
  beforeEach(async () => {
    await store.db.execute(sql`delete from job_runs`);
    await store.db.execute(sql`delete from leases`);
    await store.db.execute(sql`delete from settings`);
    world = aWorld(store, noon);
  });

  const rows = async (): Promise<string[]> => (await runsOf(store, 'sync', 50)).reverse().map(inShort);
  const inShort = ({ dueAt, status }: Pick<JobRun, 'dueAt' | 'status'>) =>
    `${dueAt.toISOString().slice(0, 10)} ${status}`;

  /** A tick whose step, if one is begun, ends as told. */
  async function tick(process: ReturnType<World['start']>, how: Parameters<Begun['end']>[0] = plenty): Promise<number> {
    const before = world.begun.length;
    const looking = process.clockwork.tick();
    let done = false;
    void looking.then(() => {
      done = true;
    });
    await until(() => {
      world.begun[before]?.end(how);
      return done;
    });
    return world.begun.length - before;
  }

  it('runs nothing that was due before it was started for the first time, and everything after', async () => {
    const one = world.start('one');
    assert.equal(await tick(one), 0);
    world.now = atThree(1) - 1;
    assert.equal(await tick(one), 0);
    world.now = atThree(1);
    assert.equal(await tick(one), 1);
    assert.equal(await tick(one), 0);
    assert.deepEqual(await rows(), ['2026-06-01 skipped', '2026-06-02 success']);
    assert.deepEqual(world.begun[0]?.due.dueAt, atThree(1));
  });

  it('catches up on the latest of the missed ones only, and writes the others down as skipped', async () => {
    await tick(world.start('one'));
    world.now = noon + 4 * day;
    const restarted = world.start('two');
    assert.equal(await tick(restarted), 1);
    assert.equal(await tick(restarted), 0);
    assert.deepEqual((await rows()).slice(1), [
      '2026-06-02 skipped',
      '2026-06-03 skipped',
      '2026-06-04 skipped',
      '2026-06-05 success',
    ]);
  });

  it('lets one of two processes have a run', async () => {
    const [one, two] = [world.start('one'), world.start('two')];
    await Promise.all([one.clockwork.tick(), two.clockwork.tick()]);
    world.now = atThree(1);
    const ticks = [one.clockwork.tick(), two.clockwork.tick()];
    await until(() => world.begun.length > 0);
    await Promise.race(ticks);
    assert.equal(world.begun.length, 1);
    world.begun[0]?.end(plenty);
    await Promise.all(ticks);
    assert.equal(await tick(two), 0);
    assert.deepEqual(await rows(), ['2026-06-01 skipped', '2026-06-02 success']);
  });

  it('takes over from a process that died, when its lease has run out and not before', async () => {
    const [one, two] = [world.start('one'), world.start('two')];
    await tick(one);
    world.now = atThree(1);
    void one.clockwork.tick();
    await until(() => world.begun.length === 1);
    one.kill();
    world.now += leaseMs - 1;
    assert.equal(await tick(two), 0);
    world.now += 1;
    assert.equal(await tick(two), 1);
    const [run] = await runsOf(store, 'sync', 1);
    assert.deepEqual([run?.status, run?.attempts, run?.owner], ['success', 2, 'two']);
  });

  it('leaves a run to a process that is slow but shows that it lives', async () => {
    const [one, two] = [world.start('one'), world.start('two')];
    await tick(one);
    world.now = atThree(1);
    const slow = one.clockwork.tick();
    await until(() => world.begun.length === 1);
    for (let beats = 0; beats < 6; beats += 1) {
      world.now += leaseMs / 2;
      one.beat();
      const [held] = [world.now + leaseMs];
      await until(async () => {
        const [lease] = await store.rows<{ at: number }>(
          sql`select (extract(epoch from expires_at) * 1000)::float8 as at from leases`,
        );
        return Number(lease?.at) === held;
      });
      assert.equal(await tick(two), 0);
    }
    world.begun[0]?.end(plenty);
    await slow;
    assert.deepEqual((await rows()).at(-1), '2026-06-02 success');
  });

  it('drops what a silent process brings when another has taken its run over', async () => {
    const [one, two] = [world.start('one'), world.start('two')];
    await tick(one);
    world.now = atThree(1);
    const silent = one.clockwork.tick();
    await until(() => world.begun.length === 1);
    world.now += leaseMs;
    assert.equal(await tick(two, { ...plenty, note: 'by the second' }), 1);
    world.begun[0]?.end({ ...plenty, note: 'by the first' });
    await silent;
    const [run] = await runsOf(store, 'sync', 1);
    assert.deepEqual([run?.status, run?.reason], ['success', 'by the second']);
  });

  it('tells a step to stop when its lease is gone', async () => {
    const [one, two] = [world.start('one'), world.start('two')];
    await tick(one);
    world.now = atThree(1);
    const silent = one.clockwork.tick();
    await until(() => world.begun.length === 1);
    world.now += leaseMs;
    await tick(two);
    one.beat();
    await silent;
    assert.equal(world.begun[0]?.due.signal.aborted, true);
  });

  it('tries a failed run again, later each time, and tells once when it gives up', async () => {
    const one = world.start('one');
    await tick(one);
    world.now = atThree(1);
    const broken = new IcpError('no_folder', 'the folder is not there; put it back');
    const tried: number[] = [];
    for (const after of [0, 0.9, 1, 5.9, 6, 20.9, 21, 80.9, 81, 141, 201, 261, 321, 381, 441]) {
      world.now = atThree(1) + after * minute;
      if ((await tick(one, broken)) > 0) tried.push(after);
    }
    assert.deepEqual(tried, [0, 1, 6, 21, 81, 141, 201, 261, 321]);
    assert.deepEqual((await rows()).at(-1), '2026-06-02 failed');
    assert.deepEqual(world.notices, [
      { job: 'sync', dueAt: atThree(1), status: 'failed', reason: 'the folder is not there; put it back' },
    ]);
  });

  it('says nothing of a failure that mended itself', async () => {
    const one = world.start('one');
    await tick(one);
    world.now = atThree(1);
    await tick(one, new Error('a socket was reset'));
    world.now += minute;
    assert.equal(await tick(one), 1);
    assert.deepEqual((await rows()).at(-1), '2026-06-02 success');
    assert.deepEqual(world.notices, []);
  });

  it('calls a run suspicious that read nothing, or under a quarter of the usual', async () => {
    const one = world.start('one');
    await tick(one);
    for (const [nth, count] of [100, 120, 80, 26, 22, 0].entries()) {
      world.now = atThree(nth + 1);
      await tick(one, { read: { rows: count }, written: {}, note: 'read' });
    }
    assert.deepEqual(
      (await rows()).slice(1).map((row) => row.split(' ')[1]),
      ['success', 'success', 'success', 'success', 'suspicious', 'suspicious'],
    );
    assert.deepEqual(
      world.notices.map(({ reason }) => reason),
      ['it read 22 rows, where 90 are usual: read', 'it read no rows, where 80 are usual: read'],
    );
  });

  it('runs once what a clock that jumped ahead ran early, and what it only skipped when it is really due', async () => {
    const one = world.start('one');
    await tick(one);
    world.now = atThree(4);
    assert.equal(await tick(one), 1);
    world.now = noon;
    assert.equal(await tick(one), 0);
    const ran: number[] = [];
    for (let nth = 1; nth <= 5; nth += 1) {
      world.now = atThree(nth);
      if ((await tick(one)) > 0) ran.push(nth);
    }
    assert.deepEqual(ran, [1, 2, 3, 5]);
    assert.ok((await rows()).slice(1).every((row) => row.endsWith('success')));
  });

  it('runs nothing twice when a clock is put back', async () => {
    const one = world.start('one');
    await tick(one);
    world.now = atThree(1);
    await tick(one);
    for (world.now -= 5 * hour; world.now < atThree(1) + hour; world.now += hour) assert.equal(await tick(one), 0);
  });

  it('leaves a run that it was stopped in as if it had not been begun', async () => {
    const one = world.start('one');
    await tick(one);
    world.now = atThree(1);
    const looking = one.clockwork.tick();
    await until(() => world.begun.length === 1);
    await one.clockwork.stop();
    await looking;
    assert.deepEqual((await rows()).at(-1), '2026-06-02 due');
    assert.equal(await tick(world.start('two')), 1);
    const [run] = await runsOf(store, 'sync', 1);
    assert.deepEqual([run?.status, run?.attempts], ['success', 1]);
  });

  it('gives up a run that stopped its process every time', async () => {
    await tick(world.start('first'));
    world.now = atThree(1);
    for (let nth = 0; nth < 12; nth += 1) {
      const process = world.start(`process ${nth}`);
      const begun = world.begun.length;
      let done = false;
      void process.clockwork.tick().then(() => {
        done = true;
      });
      await until(() => done || world.begun.length > begun);
      process.kill();
      world.now += leaseMs;
    }
    assert.equal(world.begun.length, 10);
    assert.deepEqual((await rows()).at(-1), '2026-06-02 failed');
    assert.equal(world.notices.length, 1);
  });

  it('follows a schedule that a person sets, from then on', async () => {
    const one = world.start('one');
    await tick(one);
    await addSetting(store, { key: 'schedule.sync', value: 'daily 11:00 Europe/Berlin', setAt: noon, setBy: 'dana' });
    assert.equal(await tick(one), 0);
    world.now = noon + day;
    assert.equal(await tick(one), 1);
    assert.equal(world.begun[0]?.due.dueAt, Date.UTC(2026, 5, 2, 9));
    await addSetting(store, { key: 'schedule.sync', value: 'off', setAt: world.now, setBy: 'dana' });
    world.now += 5 * day;
    assert.equal(await tick(one), 0);
  });
});
