import { writeSync } from 'node:fs';
import { publishDue } from '../../src/compose/crm/publish-due.ts';
import { syncBook } from '../../src/compose/crm/sync-book.ts';
import { openSalesforce } from '../../src/connectors/salesforce/open-salesforce.ts';
import { listBooks } from '../../src/store/books.ts';
import { releaseAllLeases } from '../../src/store/leases.ts';
import { lockFolder } from '../../src/store/lock.ts';
import { openEmbedded } from '../../src/store/open.ts';
import { rowsInOrder } from '../../src/store/publication-rows.ts';
import { publicationsOf } from '../../src/store/publications.ts';
import type { Store } from '../../src/store/store.ts';
import { usualOrg } from '../../src/workbench/salesforce/org/options.ts';
import { syncTables } from '../support/sync-tables.ts';
import { inlineCompute } from './inline-compute.ts';
import { type Said, type Task, taskSchema } from './task.ts';

/**
 * The process that is killed: it opens the data folder, does what the clock would have it do, and says what came of it. Where it
 * is told so it ends itself as a power cut would, at a place that has a name.
 */
const log = { debug() {}, info() {}, warn() {}, error() {} };

async function work(task: Task): Promise<Said> {
  const lock = await lockFolder(task.folder, (socket) => socket.destroy());
  const store = await openEmbedded(task.folder);
  await releaseAllLeases(store);
  say({ what: 'working' });
  const now = () => task.at;
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, Math.min(10, ms / 100)));
  const { clientId, clientSecret } = usualOrg;
  const crm = openSalesforce(
    { loginUrl: task.url, auth: { kind: 'client credentials', clientId, clientSecret } },
    // Small enough for what is read to come in pages, by query jobs.
    { log, now, sleep, bulkAbove: 12, jobPage: 15 },
  );
  const points: string[] = [];
  const fault = (point: string) => {
    points.push(point);
    if (points.length !== task.killAt) return;
    writeSync(1, `${point}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
  const house = { store, log, now, holder: `process ${process.pid}`, crm: async () => crm };
  const said = await (async (): Promise<Said> => {
    if (task.kind === 'sync') {
      await syncBook(house, { book: 'main', full: task.full, fault });
      return { what: 'synced', points, tables: await syncTables(store), calls: crm.writer.calls() };
    }
    const compute = inlineCompute(store);
    const [book] = await listBooks(store);
    if (book === undefined) throw new Error('there is no book');
    // Small enough for the rows behind the first two hundred to go by the job.
    const sizes = { byCall: 20, atOnce: 25 };
    const run = await publishDue({ ...house, compute, sleep, sizes, fault, tellers: null }, book);
    const openJobs = (await crm.writer.jobs.open(0)).length;
    return { ...(await published(store, run?.note ?? 'nothing')), points, calls: crm.writer.calls(), openJobs };
  })();
  crm.close();
  await store.close();
  await lock.release();
  return said;
}

async function published(store: Store, note: string) {
  const [last] = await publicationsOf(store, 'main', 1);
  if (last === undefined) throw new Error(`nothing was planned: ${note}`);
  const rows = [];
  for await (const chunk of rowsInOrder(store, last.id))
    for (const { recordId, state, code, reason, before, after } of chunk)
      rows.push({ recordId, state, code, reason, before, after });
  const { state, reason, resumeAt } = last;
  return { what: 'published' as const, state, reason, resumeAt, rows };
}

function say(said: Said): void {
  process.send?.(said);
}

process.once('message', (message) => {
  work(taskSchema.parse(message))
    .catch(
      (error: unknown): Said => ({ what: 'failed', message: error instanceof Error ? (error.stack ?? '') : 'unknown' }),
    )
    .then((said) => process.send?.(said, () => process.exit()));
});
process.on('disconnect', () => process.exit());
say({ what: 'ready' });
