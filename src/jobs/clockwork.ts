import { jobs } from './jobs.ts';
import type { JobPorts } from './ports.ts';
import { registerDue } from './register-due.ts';
import { runOpen } from './run-open.ts';

/** What looks at the clock: each tick writes down what has become due and runs it. */
export interface Clockwork {
  /** One look at the clock. While one is under way, another does nothing. */
  tick(): Promise<void>;
  /** Lets go of what is running: the next process begins it anew. */
  stop(): Promise<void>;
}

/**
 * Starts jobs when they are due, each due time once, whatever the clocks and the processes do.
 *
 * The truth is in the database: whoever inserts the row of a due time has made it a run, and whoever holds the job's
 * lease runs it. This process may be killed at any point; the next tick anywhere goes on from the rows.
 */
export function createClockwork(ports: JobPorts): Clockwork {
  const stopping = new AbortController();
  let underWay: Promise<void> | null = null;

  async function look(): Promise<void> {
    for (const job of jobs) {
      const step = ports.steps[job.name];
      if (step === undefined || stopping.signal.aborted) continue;
      try {
        await registerDue(ports.store, job, await ports.now());
        await runOpen(ports, job, step, stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) ports.log.error({ job: job.name, err: error }, 'a job could not be looked at');
      }
    }
  }

  return {
    async tick() {
      if (underWay !== null || stopping.signal.aborted) return;
      underWay = look();
      await underWay;
      underWay = null;
    },
    async stop() {
      stopping.abort(new Error('the app stops'));
      await underWay;
    },
  };
}
