import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { IcpError } from '../../errors.ts';
import type { Findings } from '../../icp/findings.ts';
import type { AccountHistory } from '../../icp/history.ts';
import type { SideBySide } from '../../icp/impact/side-by-side.ts';
import type { HealthFindings } from '../../icp/outreach/measure-health.ts';
import type { OutreachTestFindings } from '../../icp/outreach/outreach-test.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import type { TwinsFindings } from '../../icp/twins/twins-of.ts';
import { accountsIn, type PackedHistories } from '../../store/packed-histories.ts';
import type { AnalysisInput, AnalysisResult } from './analysis-job.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { FromWorker, ToWorker, WorkerJob, WorkerTask } from './compute-worker.ts';
import type { DryRunJobInput } from './dry-run-job.ts';
import type { FindInput, TwinsInput } from './findings-job.ts';
import type { ListInput, ListLine } from './list-job.ts';
import type { HealthInput, OutreachTestInput } from './outreach-job.ts';
import type { PublishLine } from './publish-job.ts';
import type { RescoreInput, ScoreLine } from './rescore-job.ts';
import type { ScoringsInput } from './scorings-job.ts';
import type { Survey, SurveyInput } from './survey-job.ts';

/** Histories of a book from the start, as often as a job wants to pass over them. Packed ones are unpacked by the thread. */
export type Histories = () => AsyncIterable<readonly AccountHistory[] | PackedHistories>;
export type Progress = (what: string) => void;

/** So many accounts leave enough behind to be worth a pause of some hundredths of a second. */
const manyAccounts = 20_000;

/**
 * Runs the pure floors in a worker thread: a fit takes seconds, and Slack wants its acknowledgement within three.
 *
 * Each run has a thread of its own, so nothing is left over from one to the next; one that finds has a second beside it.
 */
export interface Compute {
  analyze(input: AnalysisInput, histories: Histories, onProgress: Progress): Promise<AnalysisResult>;
  rescore(input: RescoreInput, histories: Histories, onProgress: Progress): Promise<ScoreLine[]>;
  /** What the CRM is to be told of every account. */
  publish(input: RescoreInput, histories: Histories, onProgress: Progress): Promise<PublishLine[]>;
  survey(input: SurveyInput, histories: Histories): Promise<Survey>;
  list(input: ListInput, histories: Histories): Promise<ListLine[]>;
  twins(input: TwinsInput, histories: Histories): Promise<TwinsFindings>;
  find(input: FindInput, histories: Histories, onProgress?: Progress): Promise<Findings>;
  health(input: HealthInput, histories: Histories): Promise<HealthFindings>;
  outreachTest(input: OutreachTestInput, histories: Histories): Promise<OutreachTestFindings>;
  scoreTwice(input: ScoringsInput, histories: Histories): Promise<SideBySide>;
  /** One dry run a variant, in their order. */
  dryRun(input: DryRunJobInput, histories: Histories, onProgress?: Progress): Promise<DryRun[]>;
}

export function createCompute(): Compute {
  return {
    analyze: async (input, histories, onProgress) =>
      (await run({ kind: 'analyze', input }, histories, onProgress)) as AnalysisResult,
    rescore: async (input, histories, onProgress) =>
      (await run({ kind: 'rescore', input }, histories, onProgress)) as ScoreLine[],
    publish: async (input, histories, onProgress) =>
      (await run({ kind: 'publish', input }, histories, onProgress)) as PublishLine[],
    survey: async (input, histories) => (await run({ kind: 'survey', input }, histories)) as Survey,
    list: async (input, histories) => (await run({ kind: 'list', input }, histories)) as ListLine[],
    twins: async (input, histories) => (await run({ kind: 'twins', input }, histories)) as TwinsFindings,
    find: async (input, histories, onProgress) =>
      (await run({ kind: 'find', input }, histories, onProgress)) as Findings,
    health: async (input, histories) => (await run({ kind: 'health', input }, histories)) as HealthFindings,
    outreachTest: async (input, histories) =>
      (await run({ kind: 'outreach test', input }, histories)) as OutreachTestFindings,
    scoreTwice: async (input, histories) => (await run({ kind: 'scorings', input }, histories)) as SideBySide,
    dryRun: async (input, histories, onProgress) =>
      (await run({ kind: 'dry run', input }, histories, onProgress)) as DryRun[],
  };
}

async function run(job: WorkerJob, histories: Histories, onProgress: Progress = () => {}): Promise<unknown> {
  const threads = startThreads(job);
  const [worker] = threads;
  try {
    const inbox = listen(threads, onProgress);
    let passes: readonly string[] = [];
    let sent = 0;
    let held = false;
    for (let pass = 0; pass === 0 || pass < passes.length; pass += 1) {
      // One chunk is read while the thread works on the one before, and the first while the thread starts.
      let under = 0;
      let done = 0;
      const settled = async (total: number) => {
        if (passes.length === 0) passes = (await inbox.next('ready')).passes;
        if (under > 0) ({ held } = await inbox.next('taken'));
        done += under;
        if (under > 0) onProgress(`${passes[pass]}: ${done.toLocaleString('en')} accounts`);
        under = total;
      };
      if (held) {
        // What was read and sent on is of no use here any more, and this thread may allocate nothing for a long while.
        if (pass === 1 && sent >= manyAccounts) collectGarbage();
        under = sent;
        send(worker, { kind: 'again', pass });
      } else {
        sent = 0;
        for await (const chunk of histories()) {
          const accounts = 'book' in chunk ? accountsIn(chunk) : chunk.length;
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
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** The thread that does a job, and a second one beside it where there is much to find and a core to find it on. */
function startThreads(job: WorkerJob): readonly [Worker, ...Worker[]] {
  const finds = job.kind === 'find' || (job.kind === 'analyze' && job.input.thenFind !== undefined);
  if (!finds || availableParallelism() < 2) return [startThread({ job, line: null }, [])];
  const { port1, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(4));
  return [
    startThread({ job, line: { port: port1, bell } }, [port1]),
    startThread({ beside: { port: port2, bell } }, [port2], 32),
  ];
}

/** @param young megabytes for what lives only briefly: with enough of them, a hundred less end up among what is kept */
function startThread(workerData: WorkerTask, transferList: MessagePort[], young = 96): Worker {
  return new Worker(new URL('./compute-worker.ts', import.meta.url), {
    workerData,
    transferList,
    resourceLimits: { maxYoungGenerationSizeMb: young },
  });
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}

/** Messages of the first thread, awaited one kind at a time; the death of any is an error for whoever waits. */
function listen(threads: readonly [Worker, ...Worker[]], onProgress: Progress) {
  let settle: {
    kind: FromWorker['kind'];
    resolve: (message: FromWorker) => void;
    reject: (error: unknown) => void;
  } | null = null;
  const waiting: FromWorker[] = [];
  let failure: unknown = null;
  threads[0].on('message', (message: FromWorker) => {
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
  for (const thread of threads) {
    thread.on('error', fail);
    thread.on('exit', (code) => fail(new Error(`the worker thread ended with status ${code}`)));
  }
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
