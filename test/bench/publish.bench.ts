import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishBook } from '../../src/compose/crm/publish-book.ts';
import { openSalesforce } from '../../src/connectors/salesforce/open-salesforce.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { publicationReport } from '../../src/engine/publish/publication-report.ts';
import { reportTotals } from '../../src/icp/publishing/publication-report.ts';
import { openEmbedded } from '../../src/store/open.ts';
import { usualOrg } from '../../src/workbench/salesforce/org/options.ts';
import { silentLog } from '../faults/fault-org.ts';
import { startOrgProcess } from '../faults/orgs.ts';
import { fillAsBook, inOrg } from '../faults/templates.ts';
import { publishedBook } from '../support/published-book.ts';
import { onlyBook } from '../support/small-market.ts';

/**
 * `node test/bench/publish.bench.ts [ACCOUNTS] [LEADS]`: how many calls, how long and how much memory it takes to publish scores
 * that have all changed, as markdown. The org and the making of the book are in processes of their own, and do not count.
 */
/** The book's own time: later, its yearly calibration would be due. */
const began = Date.UTC(2026, 9, 5, 9);
const [accounts = 50_000, leads = 0] = process.argv.slice(2, 4).map(Number);
const [folder, url] = process.argv.slice(4);

if (folder === undefined) await measureInFolder();
else if (url === undefined) await makeBook(folder);
else await publish(folder, url);

async function measureInFolder(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'lodestar-publish-'));
  const org = startOrgProcess();
  try {
    await again(root);
    await again(root, await org.open(join(root, 'org.sqlite'), began));
  } finally {
    await org.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** This file once more, as a process of its own. */
async function again(...more: string[]): Promise<void> {
  const child = fork(import.meta.filename, [String(accounts), String(leads), ...more]);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`a part of the bench ended with ${code}`);
}

async function makeBook(root: string): Promise<void> {
  mkdirSync(join(root, 'data'));
  const store = await openEmbedded(join(root, 'data'));
  const book = await publishedBook({ accounts, leads, into: store });
  await inOrg(join(root, 'org.sqlite'), began, (inside) => fillAsBook(inside, book));
  await store.close();
}

async function publish(root: string, loginUrl: string): Promise<void> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const store = await openEmbedded(join(root, 'data'));
  const { clientId, clientSecret } = usualOrg;
  const auth = { kind: 'client credentials', clientId, clientSecret } as const;
  const crm = openSalesforce({ loginUrl, auth }, { log: silentLog, now: Date.now });
  const house = { store, compute: createCompute(), log: silentLog, holder: 'bench', now: () => began, tellers: null };
  const before = performance.now();
  const wanted = { book: await onlyBook(store), by: 'via command line by a bench' };
  const { plan, publication } = await publishBook({ ...house, crm: async () => crm }, wanted);
  const seconds = (performance.now() - before) / 1000;
  const report = await publicationReport(store, publication?.id ?? '');
  clearInterval(watch);
  const { written } = reportTotals(report);
  process.stdout.write(
    [
      '| accounts | leads | rows written | state | calls of the client | calls reported | estimated | seconds | peak RSS |',
      '|---|---|---|---|---|---|---|---|---|',
      `| ${accounts} | ${leads} | ${written} | ${report.state} | ${crm.writer.calls()} | ${report.calls} | ${plan?.estimate.calls} | ${seconds.toFixed(1)} | ${Math.round(peak / 1_048_576)} MB |\n`,
    ].join('\n'),
  );
  crm.close();
  await store.close();
  process.exit();
}
