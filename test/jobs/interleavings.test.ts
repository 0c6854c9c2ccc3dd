import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { leaseMs } from '../../src/jobs/run-open.ts';
import { dueTimes, lastDue, parseSchedule } from '../../src/jobs/schedule.ts';
import { type JobRun, runsOf } from '../../src/store/job-runs.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { aWorld, type Process, plenty, type World } from './a-world.ts';

const hour = 3_600_000;
/** Two days before the clocks of New York leave out half past two. */
const start = Date.UTC(2027, 2, 12, 12);
const text = 'daily 02:30 America/New_York';
const final = ['success', 'suspicious', 'failed', 'skipped'];

type Deed =
  | { kind: 'tick' | 'beat' | 'kill' | 'stop' | 'finish' | 'fail'; who: 0 | 1 }
  | { kind: 'both' }
  | { kind: 'wait' | 'jump'; ms: number };

const who = fc.constantFrom<(0 | 1)[]>(0, 1);
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Deed>[]>(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('tick' as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('both' as const) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom('beat' as const, 'finish' as const, 'finish' as const, 'fail' as const),
        who,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'stop' as const), who }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.constantFrom(leaseMs / 3, leaseMs, hour, 7 * hour, 25 * hour),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('jump' as const),
        ms: fc.integer({ min: -60 * 60, max: 60 * 60 }).map((minutes) => minutes * 60_000),
      }),
    },
  ),
  { minLength: 10, maxLength: 40 },
);

describe('two processes, whatever happens to them and to the clock', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(() => store.close());

  it('end every due time once, and never work on one that is over or in the hands of the other', async () => {
    let runs = 0;
    let takenOver = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const seen = await live(store, list);
        runs += seen.ran;
        takenOver += seen.takenOver;
      }),
      { numRuns: 20, endOnFailure: true },
    );
    assert.ok(runs > 0 && takenOver > 0, `${runs} runs, ${takenOver} of them taken over: the deeds prove nothing`);
  });
});

/** Lives through the deeds, then lets both processes go on in peace for two days, and looks at what stands in the rows. */
async function live(store: Store, list: readonly Deed[]): Promise<{ ran: number; takenOver: number }> {
  for (const table of ['job_runs', 'leases', 'settings']) await store.db.execute(sql`delete from ${sql.raw(table)}`);
  await addSetting(store, { key: 'schedule.sync', value: text, setAt: 0, setBy: 'test' });
  const world = aWorld(store, start);
  const processes: [Process, Process] = [world.start('0-0'), world.start('1-0')];
  const restarts: [number, number] = [0, 0];
  const looking: [Promise<void> | null, Promise<void> | null] = [null, null];
  const ended = new Map<number, string>();
  let judged = 0;

  /** Lets everything happen that can without anybody's doing: until each process waits for a step, or for nothing. */
  async function settle(): Promise<void> {
    for (const who of [0, 1] as const) {
      const look = looking[who];
      if (look === null) continue;
      let done = false;
      void look.then(() => {
        done = true;
      });
      for (let tries = 0; !done && !waits(world, processes[who]); tries += 1) {
        assert.ok(tries < 5_000, 'a tick never ended');
        await sleep(1);
      }
      if (done) looking[who] = null;
    }
    await check();
  }

  async function check(): Promise<void> {
    for (; judged < world.begun.length; judged += 1) {
      const begun = world.begun[judged];
      if (begun === undefined) continue;
      assert.ok(!ended.has(begun.due.dueAt), 'a run that is over was begun again');
      const rival = world.begun.find((other) => {
        const silence = world.now - other.beatAt;
        return other !== begun && !other.over && !other.due.signal.aborted && silence >= 0 && silence < leaseMs;
      });
      assert.equal(rival?.process, undefined, 'two processes work on one job');
    }
    for (const run of await runsOf(store, 'sync', 1_000)) {
      const { status } = run;
      const before = ended.get(run.dueAt.getTime());
      if (before !== undefined) assert.equal(status, before, 'what was over is no more, or otherwise');
      if (final.includes(status) && status !== 'skipped') ended.set(run.dueAt.getTime(), status);
    }
  }

  async function look(who: 0 | 1): Promise<void> {
    looking[who] ??= processes[who].clockwork.tick();
  }

  async function restart(who: 0 | 1): Promise<void> {
    processes[who].kill();
    looking[who] = null;
    restarts[who] += 1;
    processes[who] = world.start(`${who}-${restarts[who]}`);
  }

  async function happens(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'wait':
      case 'jump':
        world.now += deed.ms;
        return;
      case 'both':
        await Promise.all([look(0), look(1)]);
        return;
      case 'tick':
        return look(deed.who);
      case 'beat':
        return processes[deed.who].beat();
      case 'finish':
      case 'fail': {
        const begun = world.begun.find(({ process, over }) => process === processes[deed.who].name && !over);
        begun?.end(deed.kind === 'finish' ? plenty : new Error('the network was away'));
        return;
      }
      case 'stop':
        await processes[deed.who].clockwork.stop();
        return restart(deed.who);
      case 'kill':
        return restart(deed.who);
    }
  }

  for (const deed of list) {
    await happens(deed);
    await settle();
  }
  const first = (await runsOf(store, 'sync', 1_000)).at(-1);
  const over = new Map(ended);
  for (let hours = 0; hours < 48; hours += 6) {
    world.now += 6 * hour;
    for (let turns = 0; turns < 2; turns += 1) {
      for (const who of [0, 1] as const) {
        for (const begun of world.begun.filter(({ over }) => !over)) begun.end(plenty);
        await look(who);
        await settle();
      }
    }
  }
  for (const begun of world.begun.filter(({ over }) => !over)) begun.end(plenty);
  await settle();
  return conclude(await runsOf(store, 'sync', 1_000), { first, over, world });
}

/** Whether a living process has a step under way that nobody has told how to end. */
function waits(world: World, process: Process): boolean {
  return world.begun.some((begun) => begun.process === process.name && !begun.over && !begun.due.signal.aborted);
}

/**
 * What must hold when all is quiet.
 *
 * @param before the first row there was before the quiet days, and how each run had ended that was over by then: a clock
 *   put far enough back makes such a run the latest once more, and it stays as it ended
 */
function conclude(
  rows: JobRun[],
  { first, over, world }: { first: JobRun | undefined; over: ReadonlyMap<number, string>; world: World },
): { ran: number; takenOver: number } {
  const schedule = parseSchedule(text);
  assert.ok(schedule !== null);
  const past = rows.filter(({ dueAt }) => dueAt.getTime() <= world.now);
  assert.ok(
    past.every(({ status }) => final.includes(status)),
    'something that was due is not over',
  );
  assert.ok(
    past.every(({ status, reason }) => status === 'success' || (reason ?? '') !== ''),
    'no reason is given',
  );
  assert.equal(past[0]?.dueAt.getTime(), lastDue(schedule, world.now));
  if (!past[0]?.reason?.includes('for the first time'))
    assert.equal(past[0]?.status, over.get(past[0]?.dueAt.getTime() ?? 0) ?? 'success', 'the latest was not run');
  if (first !== undefined) {
    const wanted = dueTimes(schedule, first.dueAt.getTime() - 1, world.now);
    const got = rows.map(({ dueAt }) => dueAt.getTime()).filter((at) => at >= first.dueAt.getTime() && at <= world.now);
    assert.deepEqual(got.toSorted(), wanted, 'a due time is missing');
  }
  assert.ok(
    world.notices.every((notice, nth) => world.notices.findIndex(({ dueAt }) => dueAt === notice.dueAt) === nth),
    'something was told twice',
  );
  const ran = rows.filter(({ status }) => status === 'success');
  return { ran: ran.length, takenOver: ran.filter(({ attempts }) => attempts > 1).length };
}
