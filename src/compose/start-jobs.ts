import { type Clockwork, createClockwork } from '../jobs/clockwork.ts';
import type { JobNotice } from '../jobs/ports.ts';
import { startTicker } from '../jobs/ticker.ts';
import { databaseNow } from '../store/leases.ts';
import { jobSteps } from './job-steps.ts';
import { createProposalMinder } from './mind-proposals.ts';
import type { Lodestar } from './open-lodestar.ts';
import type { Tellers } from './tell-people.ts';

/**
 * Starts the clock: what was missed while the app was not running is caught up on at once.
 *
 * @param tell says to people what the log knows already
 */
export function startJobs(
  lodestar: Lodestar,
  tellers: Tellers,
  tell: (notice: JobNotice) => Promise<void> = async () => {},
): { stop(): Promise<void> } {
  const { store, log, holder } = lodestar;
  const clockwork: Clockwork = createClockwork({
    ...{ store, log, holder },
    now: () => databaseNow(store),
    steps: jobSteps(lodestar, tellers),
    async tell(notice) {
      const { job, status, reason } = notice;
      log.warn(
        { job, dueAt: new Date(notice.dueAt).toISOString(), status },
        `the job ${job} ${saying[status]}: ${reason}`,
      );
      await tell(notice);
    },
    every(ms, call) {
      const timer = setInterval(call, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
  });
  const mind = createProposalMinder(lodestar, tellers);
  // Two tickers: a long analysis must not keep a proposal from coming into force.
  const tickers = [startTicker(() => clockwork.tick()), startTicker(mind)];
  void clockwork.tick();
  void mind();
  return {
    async stop() {
      await Promise.all(tickers.map((stopTicking) => stopTicking()));
      await clockwork.stop();
    },
  };
}

const saying = { failed: 'failed', suspicious: 'looks wrong' } as const;
