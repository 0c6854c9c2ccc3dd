import { sql } from 'drizzle-orm';
import { complaintOf, reportJobs } from '../jobs/report-jobs.ts';
import { listBooks } from '../store/books.ts';
import { scoreRunOf } from '../store/scores.ts';
import type { Lodestar } from './open-lodestar.ts';

/** What a page of the operator's says: a status, and text or JSON. */
export interface HealthAnswer {
  status: 200 | 503;
  type: 'application/json' | 'text/plain; version=0.0.4';
  body: string;
}

/** The operator's pages by path: is it alive, is it ready, and figures for Prometheus. */
export type HealthPages = Readonly<Record<'/healthz' | '/readyz' | '/metrics', () => Promise<HealthAnswer>>>;

/** @param isConnected whether the app is connected to Slack now */
export function healthPages({ store, now }: Pick<Lodestar, 'store' | 'now'>, isConnected: () => boolean): HealthPages {
  return {
    '/healthz': async () => json(200, { alive: true }),
    '/readyz': async () => {
      const database = await answers(async () => void (await store.rows(sql`select 1 as one`)));
      const books = database ? await runs(store) : [];
      const ready = database && isConnected();
      const jobs = database ? await jobsInShort(store, now()) : [];
      return json(ready ? 200 : 503, { ready, database, slack: isConnected(), books, jobs });
    },
    '/metrics': async () => {
      const books = await runs(store);
      const lines = [
        ...metric(
          'lodestar_accounts',
          'Accounts scored, by book.',
          books.map(({ book, accounts }) => [`{book="${escapeLabel(book)}"}`, accounts]),
        ),
        ...metric(
          'lodestar_model_version',
          'Model version in force, by book.',
          books.map(({ book, modelVersion }) => [`{book="${escapeLabel(book)}"}`, modelVersion]),
        ),
        ...metric('lodestar_slack_connected', 'Whether the app is connected to Slack.', [['', isConnected() ? 1 : 0]]),
        ...metric('process_resident_memory_bytes', 'Memory held.', [['', process.memoryUsage.rss()]]),
        ...metric('process_uptime_seconds', 'Seconds since the start.', [['', Math.round(process.uptime())]]),
      ];
      return { status: 200, type: 'text/plain; version=0.0.4', body: `${lines.join('\n')}\n` };
    },
  };
}

async function runs(
  store: Lodestar['store'],
): Promise<{ book: string; accounts: number; modelVersion: number; scoredAsOf: string }[]> {
  const found = [];
  for (const { name } of await listBooks(store)) {
    const run = await scoreRunOf(store, name);
    if (run !== null)
      found.push({
        book: name,
        accounts: run.accounts,
        modelVersion: run.modelVersion,
        scoredAsOf: new Date(run.asOf).toISOString(),
      });
  }
  return found;
}

/** A job that went wrong does not make the app unready: it still answers questions. */
async function jobsInShort(store: Lodestar['store'], now: number) {
  return (await reportJobs(store, now, 5)).map((job) => ({
    job: job.job,
    nextDue: job.nextDue,
    lastRun: job.runs[0] === undefined ? null : { dueAt: job.runs[0].dueAt, status: job.runs[0].status },
    complaint: complaintOf(job),
  }));
}

async function answers(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

function json(status: 200 | 503, value: object): HealthAnswer {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function metric(name: string, help: string, values: readonly (readonly [string, number])[]): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...values.map(([labels, value]) => `${name}${labels} ${value}`),
  ];
}

function escapeLabel(text: string): string {
  return text.replace(/[\\"\n]/g, (letter) => (letter === '\n' ? '\\n' : `\\${letter}`));
}
