import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../errors.ts';
import type { AccountHistory } from '../icp/types.ts';
import { type AnalysisInput, analysisJob } from './analysis-job.ts';
import type { Job } from './job.ts';
import { type RescoreInput, rescoreJob } from './rescore-job.ts';

export type WorkerJob = { kind: 'analyze'; input: AnalysisInput } | { kind: 'rescore'; input: RescoreInput };
export type ToWorker = { kind: 'chunk'; pass: number; histories: readonly AccountHistory[] } | { kind: 'finish' };
export type FromWorker =
  | { kind: 'ready'; passes: readonly string[] }
  | { kind: 'taken' }
  | { kind: 'progress'; what: string }
  | { kind: 'result'; result: unknown };

const port = parentPort;
if (port !== null) {
  const answer = (message: FromWorker) => port.postMessage(message);
  const job = jobOf(workerData as WorkerJob);
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'chunk') {
      job.add(message.pass, message.histories);
      answer({ kind: 'taken' });
    } else {
      answer({ kind: 'result', result: job.finish((what) => answer({ kind: 'progress', what })) });
    }
  });
  answer({ kind: 'ready', passes: job.passes });
}

function jobOf(job: WorkerJob): Job<unknown> {
  switch (job.kind) {
    case 'analyze':
      return analysisJob(job.input);
    case 'rescore':
      return rescoreJob(job.input);
    default:
      return assertNever(job);
  }
}
