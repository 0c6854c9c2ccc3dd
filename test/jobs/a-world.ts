import { type Clockwork, createClockwork } from '../../src/jobs/clockwork.ts';
import type { Due, JobNotice, JobPorts, RunSummary } from '../../src/jobs/ports.ts';
import type { Store } from '../../src/store/store.ts';

/** A step that has been begun and waits to be told how it ends. */
export interface Begun {
  due: Due;
  process: string;
  /** When its process last showed that it lives. */
  beatAt: number;
  end(how: RunSummary | Error): void;
  over: boolean;
}

/** One clock, one database, and processes that come and go: all that jobs can see, under a test's control. */
export interface World {
  now: number;
  begun: Begun[];
  notices: JobNotice[];
  /** Starts a process; it does nothing until it is told to look at the clock. */
  start(name: string): Process;
}

export interface Process {
  name: string;
  clockwork: Clockwork;
  /** Sends the heartbeats that are due. */
  beat(): void;
  /** The power goes: nothing of it happens any more, and nobody is told. */
  kill(): void;
}

/** What a run that found everything reads. */
export const plenty: RunSummary = { read: { rows: 100 }, written: {}, note: 'all is there' };

export function aWorld(store: Store, now: number, steps: readonly (keyof JobPorts['steps'])[] = ['sync']): World {
  const world: World = { now, begun: [], notices: [], start };

  function start(name: string): Process {
    let alive = true;
    const beats = new Set<() => void>();
    const mine: Begun[] = [];
    const step = (due: Due) =>
      new Promise<RunSummary>((resolve, reject) => {
        const begun: Begun = {
          ...{ due, process: name, beatAt: world.now, over: false },
          end(how) {
            begun.over = true;
            if (!alive) return;
            if (how instanceof Error) reject(how);
            else resolve(how);
          },
        };
        mine.push(begun);
        world.begun.push(begun);
      });
    const clockwork = createClockwork({
      store,
      now: async () => world.now,
      holder: name,
      steps: Object.fromEntries(steps.map((job) => [job, step])),
      tell: async (notice) => void world.notices.push(notice),
      log: { info() {}, warn() {}, error() {} },
      every(_ms, call) {
        beats.add(call);
        return () => void beats.delete(call);
      },
    });
    return {
      name,
      clockwork,
      beat() {
        for (const begun of mine) begun.beatAt = world.now;
        for (const call of beats) call();
      },
      kill() {
        alive = false;
        for (const begun of mine) begun.over = true;
      },
    };
  }
  return world;
}
