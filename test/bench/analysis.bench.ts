import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeMarket } from '../../src/compose/box/write-market.ts';
import { openBundle } from '../../src/connectors/csv/open-bundle.ts';
import { analyze } from '../../src/engine/analyze.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { latestImport, listBooks } from '../../src/store/books.ts';
import { readPackedHistories } from '../../src/store/histories.ts';
import { openEmbedded } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

/** The market ends on the last day of September. */
const marketEnd = Date.UTC(2026, 9, 1);

/**
 * How long the weekly analysis of the mid-size market takes, from the embedded database to the scores, as lines of markdown that are
 * printed as they come; what comes before it is timed apart.
 *
 * @param kept a data folder that the market has been imported into before; absent: a new one, which takes minutes
 */
export async function benchAnalysis(print: (line: string) => void, kept?: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-analysis-'));
  print('| what | seconds | processor seconds | most memory so far, MB |');
  print('|---|---|---|---|');
  try {
    const data = kept ?? join(folder, 'data');
    if (kept === undefined) {
      const bundle = join(folder, 'bundle');
      const writing = now();
      await writeMarket(generateMarket({ size: 'mid', seed: 1 }), bundle, () => {});
      print(line('writing the market', writing));
      const importing = now();
      const store = await openEmbedded(data);
      await ingest({ store }, await openBundle(bundle, { now: Date.now() }));
      await store.close();
      print(line('import', importing));
    }
    const store = await openEmbedded(data);
    try {
      await analysisOf(store, print);
    } finally {
      await store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function analysisOf(store: Store, print: (line: string) => void): Promise<void> {
  const book = (await listBooks(store)).find(({ name }) => name === 'main');
  if (book === undefined) throw new Error('there is no book main in the data folder');
  const laying = now();
  const importId = await latestImport(store, 'main');
  for await (const _ of readPackedHistories(store, 'main', { importId: importId ?? 0 }));
  print(line('laying out what is known, once an import', laying));
  let step = { what: 'reading, first pass', ...now() };
  const onProgress = (what: string): void => {
    const name = what.replace(/: [\d,]+ accounts$/, '');
    if (name === step.what) return;
    print(line(step.what, step));
    step = { what: name, ...now() };
  };
  const whole = now();
  await analyze(
    { store, compute: createCompute(), now: () => Date.now(), onProgress },
    { book, asOf: marketEnd, seed: 1, hypothesis: null, by: 'bench' },
  );
  print(line(step.what, step));
  print(line('**the whole analysis**', whole));
}

function now() {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1e6 };
}

function line(what: string, from: { wall: number; cpu: number }): string {
  const to = now();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return `| ${what} | ${((to.wall - from.wall) / 1000).toFixed(1)} | ${(to.cpu - from.cpu).toFixed(1)} | ${Math.round(megabytes)} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await benchAnalysis((text) => process.stdout.write(`${text}\n`), process.argv[2]);
}
