import { canaryRows } from './sending-order.ts';

/** The most rows of one call. */
export const rowsPerCall = 200;
/** Up to here rows go by the call; beyond it, as a job. */
export const mostByCall = 2_000;
/** A CRM works on a job in batches of so many rows. */
export const batchRows = 10_000;
/** Create, upload, close, three kinds of results. */
const callsPerJob = 6;
const polls = 8;
/** Org, budget, fields of each object, and a sample that is read back. */
const before = 2;
const perObject = 2;

/** What a sending will ask of the CRM's budget. */
export interface CallEstimate {
  calls: number;
  jobs: number;
}

/**
 * How many calls and jobs it takes to send so many rows of each object, when nothing goes wrong.
 *
 * @param mostPerJob rows that fit in one job
 * @example estimateCalls([50_000], 50_000); // => { calls: 19, jobs: 1 }
 * @example estimateCalls([300], 50_000); // => { calls: 6, jobs: 0 }
 */
export function estimateCalls(rowsByObject: readonly number[], mostPerJob: number): CallEstimate {
  let calls = before;
  let jobs = 0;
  for (const rows of rowsByObject) {
    if (rows === 0) continue;
    const first = Math.min(rows, canaryRows);
    const rest = rows - first;
    const ofObject = rest > mostByCall ? Math.ceil(rest / mostPerJob) : 0;
    jobs += ofObject;
    calls += perObject + Math.ceil(first / rowsPerCall);
    calls += ofObject > 0 ? ofObject * (callsPerJob + polls) : Math.ceil(rest / rowsPerCall);
  }
  return { calls, jobs };
}

/**
 * How many rows of a width go into one job: whole batches, below 100 MB.
 *
 * Salesforce takes at most 150 MB of base64, which is 100 MB as it was (Bulk API 2.0 Developer Guide, "Upload Job Data").
 *
 * @param bytesPerRow the widest
 * @example rowsInJob(600); // => 160000
 */
export function rowsInJob(bytesPerRow: number): number {
  const fit = Math.floor(100_000_000 / Math.max(1, bytesPerRow));
  return Math.max(batchRows, Math.floor(fit / batchRows) * batchRows);
}
