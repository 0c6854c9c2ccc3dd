import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openBundle } from '../../src/connectors/csv/open-bundle.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { openEmbedded } from '../../src/store/open.ts';

/** `node test/bench/ingest.bench.ts [ROWS]`: how fast rows go in, and how much memory it takes. */
const total = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'lodestar-bench-'));
const bundle = join(folder, 'bundle');
mkdirSync(bundle);

function* accountRows(count: number): Generator<string> {
  yield 'account_id,name,domain,region,industry,employees,revenue,technologies\n';
  for (let at = 0; at < count; at += 1) {
    yield `a${at},"Company ${at}, Inc",c${at}.example,West,software,${at % 5000},${at * 100},HubSpot;Segment\n`;
  }
}

function* signalRows(count: number): Generator<string> {
  yield 'account_id,kind,observed_at,value,source,text\n';
  for (let at = 0; at < count; at += 1) {
    yield `a${at % 50_000},web_visit,2025-0${1 + (at % 9)}-1${at % 7},${at},site,pricing page\n`;
  }
}

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50);
try {
  for (const [name, rows] of [
    ['accounts', accountRows],
    ['signals', signalRows],
  ] as const) {
    await pipeline(Readable.from(rows(total / 2)), createWriteStream(join(bundle, `${name}.csv`)));
  }
  const store = await openEmbedded(join(folder, 'data'));
  const idle = process.memoryUsage().rss;
  const started = performance.now();
  const opened = await openBundle(bundle, { now: Date.now() });
  await ingest({ store }, opened);
  const seconds = (performance.now() - started) / 1000;
  await store.close();
  const mb = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;
  console.table([
    {
      rows: total,
      seconds: seconds.toFixed(1),
      'rows/s': Math.round(total / seconds),
      'idle RSS': mb(idle),
      'peak RSS': mb(peak),
    },
  ]);
} finally {
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
}
