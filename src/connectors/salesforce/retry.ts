import { SalesforceError } from './errors.ts';
import type { SalesforceDeps, SalesforceLog } from './settings.ts';

/** How often a request is said again, and for how long at most: 5 times, 120 seconds. */
const most = 5;
const longest = 120_000;

/** What may be said twice: everything whose effect is the same the second time, only what was surely not done, or nothing. */
export type Again = 'always' | 'when refused' | 'never';

export interface RetryDeps {
  log: SalesforceLog;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  retries: number;
}

export function retryDeps({ log, now, sleep, random, retries }: SalesforceDeps): RetryDeps {
  return {
    ...{ log, now, random: random ?? Math.random, retries: retries ?? most },
    sleep: sleep ?? ((ms) => new Promise((resolve) => void setTimeout(resolve, ms))),
  };
}

/**
 * Does work again while it fails with `crm_retry`, waiting longer each time: about 1, 2, 4, 8 and 16 seconds.
 *
 * @throws {SalesforceError} the last failure, when patience is at an end, and every other failure at once
 */
export async function withRetries<Result>(
  { log, now, sleep, random, retries }: RetryDeps,
  again: Again,
  work: () => Promise<Result>,
): Promise<Result> {
  const begun = now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const wait = 1000 * 2 ** attempt * (0.5 + random() / 2);
      const isOver = attempt >= retries || now() - begun + wait > longest;
      const mayAgain =
        error instanceof SalesforceError &&
        error.code === 'crm_retry' &&
        (again === 'always' || (again === 'when refused' && error.outcome === 'refused'));
      if (!mayAgain || isOver) throw error;
      log.debug({ attempt: attempt + 1, wait: Math.round(wait), reason: error.message }, 'Salesforce is asked again');
      await sleep(wait);
    }
  }
}
