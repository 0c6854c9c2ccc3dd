import { schedule } from 'node-cron';

/** Calls a function every half minute until the returned one is called. What is due is not its business. */
export function startTicker(tick: () => Promise<void>): () => Promise<void> {
  // It keeps no memory of what it missed, so it is not asked: each tick looks at the rows.
  const task = schedule('*/30 * * * * *', tick, { noOverlap: true, suppressMissedWarning: true });
  return async () => {
    await task.destroy();
  };
}
