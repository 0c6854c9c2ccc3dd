import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../errors.ts';
import type { AccountHistory } from '../../icp/history.ts';
import { type FoldedHistories, foldHistories, unfoldHistories } from '../../store/fold-histories.ts';
import { foldedOf, type PackedHistories, unpackHistories } from '../../store/packed-histories.ts';
import { type AnalysisInput, analysisJob } from './analysis-job.ts';
import { collectGarbage } from './collect-garbage.ts';
import { type DryRunJobInput, dryRunJob } from './dry-run-job.ts';
import { answerBeside, type Beside, type BesideLine, besideThread } from './find-beside.ts';
import { type FindInput, findingsJob, type TwinsInput, twinsJob } from './findings-job.ts';
import { type HeldHistories, holdHistories } from './held-histories.ts';
import type { Job } from './job.ts';
import { type ListInput, listJob } from './list-job.ts';
import { type HealthInput, healthJob, type OutreachTestInput, outreachTestJob } from './outreach-job.ts';
import { publishJob } from './publish-job.ts';
import { type RescoreInput, rescoreJob } from './rescore-job.ts';
import { type ScoringsInput, scoringsJob } from './scorings-job.ts';
import { type SurveyInput, surveyJob } from './survey-job.ts';

export type WorkerJob =
  | { kind: 'analyze'; input: AnalysisInput }
  | { kind: 'rescore'; input: RescoreInput }
  | { kind: 'publish'; input: RescoreInput }
  | { kind: 'survey'; input: SurveyInput }
  | { kind: 'list'; input: ListInput }
  | { kind: 'twins'; input: TwinsInput }
  | { kind: 'find'; input: FindInput }
  | { kind: 'health'; input: HealthInput }
  | { kind: 'outreach test'; input: OutreachTestInput }
  | { kind: 'scorings'; input: ScoringsInput }
  | { kind: 'dry run'; input: DryRunJobInput };
/** What a thread is for: a job, with a line to a second thread where there is one, or being that second thread. */
export type WorkerTask = { job: WorkerJob; line: BesideLine | null } | { beside: BesideLine };
export type ToWorker =
  | { kind: 'chunk'; pass: number; histories: readonly AccountHistory[] | PackedHistories }
  /** A further pass over the histories that the thread holds. */
  | { kind: 'again'; pass: number }
  | { kind: 'finish' };
export type FromWorker =
  | { kind: 'ready'; passes: readonly string[] }
  /** `held`: the thread still has all histories of this pass. */
  | { kind: 'taken'; held: boolean }
  | { kind: 'progress'; what: string }
  | { kind: 'result'; result: unknown };

/** Rows that are held for a further pass: some 300 MB. A larger book is read again. */
const mostHeld = 5_000_000;

const port = parentPort;
if (port !== null) {
  // What `compute.ts` starts a thread with.
  const task = workerData as WorkerTask;
  if ('beside' in task) answerBeside(task.beside);
  else work(port, task);
}

function work(port: MessagePort, task: { job: WorkerJob; line: BesideLine | null }): void {
  const answer = (message: FromWorker) => port.postMessage(message);
  const onProgress = (what: string) => answer({ kind: 'progress', what });
  const job = jobOf(task.job, task.line === null ? undefined : besideThread(task.line));
  let held = job.passes.length > 1 ? holdHistories(mostHeld) : null;
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'chunk': {
        const { histories, folded } = taken(message.histories, message.pass === 0 ? held : null);
        job.add(message.pass, histories, onProgress, folded);
        return answer({ kind: 'taken', held: held?.chunks() != null });
      }
      case 'again':
        for (const histories of held?.chunks() ?? []) job.add(message.pass, histories, onProgress);
        return answer({ kind: 'taken', held: true });
      case 'finish':
        // No pass follows, and the histories are most of what this thread holds.
        held = null;
        return answer({ kind: 'result', result: job.finish(onProgress) });
    }
  });
  answer({ kind: 'ready', passes: job.passes });
}

/** The histories of a chunk, which is held first where it is to be. */
function taken(
  chunk: readonly AccountHistory[] | PackedHistories,
  held: HeldHistories | null,
): { histories: readonly AccountHistory[]; folded?: FoldedHistories } {
  const isPacked = 'book' in chunk;
  if (held === null) return { histories: isPacked ? unpackHistories(chunk) : chunk };
  const folded = isPacked ? foldedOf(chunk) : foldHistories(chunk);
  held.add(folded);
  return { histories: unfoldHistories(folded), folded };
}

function jobOf(job: WorkerJob, beside: Beside | undefined): Job<unknown> {
  switch (job.kind) {
    case 'analyze':
      return analysisJob(job.input, { beside, tidy: collectGarbage });
    case 'rescore':
      return rescoreJob(job.input);
    case 'publish':
      return publishJob(job.input);
    case 'survey':
      return surveyJob(job.input);
    case 'list':
      return listJob(job.input);
    case 'twins':
      return twinsJob(job.input);
    case 'find':
      return findingsJob(job.input, beside);
    case 'health':
      return healthJob(job.input);
    case 'outreach test':
      return outreachTestJob(job.input);
    case 'scorings':
      return scoringsJob(job.input);
    case 'dry run':
      return dryRunJob(job.input);
    default:
      return assertNever(job);
  }
}
