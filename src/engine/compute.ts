import { Worker } from 'node:worker_threads';
import { IcpError } from '../errors.ts';
import type { Findings } from '../icp/findings.ts';
import type { AccountHistory } from '../icp/history.ts';
import type { DryRun } from '../icp/proposals/dry-run.ts';
import type { TwinsFindings } from '../icp/twins/twins-of.ts';
import type { PackedHistories } from '../store/unpack-histories.ts';
import type { AnalysisInput, AnalysisResult } from './analysis-job.ts';
import type { FromWorker, ToWorker, WorkerJob } from './compute-worker.ts';
import type { DryRunJobInput } from './dry-run-job.ts';
import type { FindInput, TwinsInput } from './findings-job.ts';
import type { ListInput, ListLine } from './list-job.ts';
import type { RescoreInput, ScoreLine } from './rescore-job.ts';
import type { Survey, SurveyInput } from './survey-job.ts';

/** Histories of a book from the start, as often as a job wants to pass over them. Packed ones are unpacked by the thread. */
export type Histories = () => AsyncIterable<readonly AccountHistory[] | PackedHistories>;
export type Progress = (what: string) => void;

/**
 * Runs the pure floors in a worker thread: a fit takes seconds, and Slack wants its acknowledgement within three.
 *
 * Each run has a thread of its own, so nothing is left over from one to the next.
 */
export interface Compute {
  analyze(input: AnalysisInput, histories: Histories, onProgress: Progress): Promise<AnalysisResult>;
  rescore(input: RescoreInput, histories: Histories, onProgress: Progress): Promise<ScoreLine[]>;
  survey(input: SurveyInput, histories: Histories): Promise<Survey>;
  list(input: ListInput, histories: Histories): Promise<ListLine[]>;
  twins(input: TwinsInput, histories: Histories): Promise<TwinsFindings>;
  find(input: FindInput, histories: Histories, onProgress?: Progress): Promise<Findings>;
  /** One dry run a variant, in their order. */
  dryRun(input: DryRunJobInput, histories: Histories, onProgress?: Progress): Promise<DryRun[]>;
}

export function createCompute(): Compute {
  return {
    analyze: async (input, histories, onProgress) =>
      (await run({ kind: 'analyze', input }, histories, onProgress)) as AnalysisResult,
    rescore: async (input, histories, onProgress) =>
      (await run({ kind: 'rescore', input }, histories, onProgress)) as ScoreLine[],
    survey: async (input, histories) => (await run({ kind: 'survey', input }, histories)) as Survey,
    list: async (input, histories) => (await run({ kind: 'list', input }, histories)) as ListLine[],
    twins: async (input, histories) => (await run({ kind: 'twins', input }, histories)) as TwinsFindings,
    find: async (input, histories, onProgress) =>
      (await run({ kind: 'find', input }, histories, onProgress)) as Findings,
    dryRun: async (input, histories, onProgress) =>
      (await run({ kind: 'dry run', input }, histories, onProgress)) as DryRun[],
  };
}

async function run(job: WorkerJob, histories: Histories, onProgress: Progress = () => {}): Promise<unknown> {
  const worker = new Worker(new URL('./compute-worker.ts', import.meta.url), {
    workerData: job,
    // With room for what lives only briefly, a hundred megabytes less of it end up among what is kept.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  try {
    const inbox = listen(worker, onProgress);
    let passes: readonly string[] = [];
    let sent = 0;
    let kept = false;
    for (let pass = 0; pass === 0 || pass < passes.length; pass += 1) {
      // One chunk is read while the thread works on the one before, and the first while the thread starts.
      let under = 0;
      let done = 0;
      const settled = async (total: number) => {
        if (passes.length === 0) passes = (await inbox.next('ready')).passes;
        if (under > 0) ({ kept } = await inbox.next('taken'));
        done += under;
        if (under > 0) onProgress(`${passes[pass]}: ${done.toLocaleString('en')} accounts`);
        under = total;
      };
      if (kept) {
        under = sent;
        send(worker, { kind: 'again', pass });
      } else {
        sent = 0;
        for await (const chunk of histories()) {
          const accounts = 'heads' in chunk ? chunk.heads.length : chunk.length;
          await settled(accounts);
          send(worker, { kind: 'chunk', pass, histories: chunk });
          sent += accounts;
        }
      }
      await settled(0);
    }
    send(worker, { kind: 'finish' });
    return (await inbox.next('result')).result;
  } finally {
    await worker.terminate();
  }
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

/** Messages of the worker, awaited one kind at a time; its death is an error for whoever waits. */
function listen(worker: Worker, onProgress: Progress) {
  let settle: {
    kind: FromWorker['kind'];
    resolve: (message: FromWorker) => void;
    reject: (error: unknown) => void;
  } | null = null;
  const waiting: FromWorker[] = [];
  let failure: unknown = null;
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'progress') onProgress(message.what);
    else if (settle?.kind === message.kind) settle.resolve(message);
    else waiting.push(message);
  });
  const fail = (cause: unknown) => {
    failure ??= new IcpError('analysis', 'the analysis stopped; the log has the reason, and nothing was changed', {
      cause,
    });
    settle?.reject(failure);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the worker thread ended with status ${code}`)));
  return {
    async next<Kind extends FromWorker['kind']>(kind: Kind): Promise<Extract<FromWorker, { kind: Kind }>> {
      if (failure !== null) throw failure;
      const early = waiting.findIndex((message) => message.kind === kind);
      const message =
        early >= 0
          ? waiting.splice(early, 1)[0]
          : await new Promise<FromWorker>((resolve, reject) => {
              settle = { kind, resolve, reject };
            });
      settle = null;
      return message as Extract<FromWorker, { kind: Kind }>;
    },
  };
}
