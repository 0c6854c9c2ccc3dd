import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeMarket } from '../../src/compose/box/write-market.ts';
import { openLodestar } from '../../src/compose/open-lodestar.ts';
import { readConfig } from '../../src/config.ts';
import { openBundle } from '../../src/connectors/csv/open-bundle.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { createLog } from '../../src/log.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { openEmbedded } from '../../src/store/open.ts';

const root = resolve(import.meta.dirname, '../..');
const limitMs = 180_000;
/** Says at its end how much processor time a process took, whatever it was. */
const tellCpu = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();console.error('\\ncpu '+(user+system)/1e6)})`;

/**
 * How long it takes to start, and what that is made of, as lines of markdown.
 *
 * Wall time is what a person waits, and depends on who else uses the machine; processor time hardly does.
 */
export async function* benchStart(): AsyncGenerator<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-start-'));
  const dataFolder = join(folder, 'data');
  yield '| what | seconds | processor seconds | note |';
  yield '|---|---|---|---|';
  try {
    yield line('first start to the first answer', await startAndAsk(dataFolder));
    yield line('second start to the first answer', await startAndAsk(dataFolder));
    yield line(
      '`lodestar explain`, with no app running',
      await runCommand(dataFolder, ['explain', await anAccount(dataFolder)]),
    );
    yield* benchImport(folder);
    yield* benchQuestions(dataFolder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const some = z.tuple([z.object({ id: z.string() })]).rest(z.unknown());
const firsts = z.object({ users: some, channels: some });

interface Took {
  seconds: number;
  cpu: number;
  note?: string;
}

/** Starts the app as a person does and asks in its local Slack until somebody answers. */
async function startAndAsk(dataFolder: string): Promise<Took> {
  const started = performance.now();
  const child = run(dataFolder, ['src/main.ts']);
  try {
    const page = await child.said(/open (http:\/\/[^\s"]+)/);
    const ready = (performance.now() - started) / 1000;
    const workspace = await (await fetch(new URL('control/workspace', page))).json();
    const { users, channels } = firsts.parse(workspace);
    const [user, channel] = [users[0].id, channels[0].id];
    const asked = await fetch(new URL('control/command', page), {
      ...{ method: 'POST', body: JSON.stringify({ user, channel, text: '/icp list tier 1' }) },
    });
    if (!asked.ok) throw new Error(`the page answered with status ${asked.status}`);
    const messages = new URL(`control/messages?channel=${channel}&user=${user}`, page);
    for (;;) {
      const text = await (await fetch(messages)).text();
      if (/r_[0-9a-f]{12}/.test(text)) break;
      if (performance.now() - started > limitMs) throw new Error(`the app gave no answer within ${limitMs / 1000} s`);
      await setTimeout(50);
    }
    const seconds = (performance.now() - started) / 1000;
    const cpu = await child.stop();
    return { seconds, cpu, note: `page after ${ready.toFixed(1)} s` };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function runCommand(dataFolder: string, words: readonly string[]): Promise<Took> {
  const started = performance.now();
  const cpu = await run(dataFolder, ['src/cli/lodestar.ts', ...words]).ended();
  return { seconds: (performance.now() - started) / 1000, cpu };
}

/** A process of ours, and what it says on standard error. */
function run(dataFolder: string, words: readonly string[]) {
  const env = { PATH: process.env.PATH, DATA_DIR: dataFolder, PORT: '0' };
  const child: ChildProcess = spawn(process.execPath, ['--import', tellCpu, ...words], {
    ...{ cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const ended = async () => {
    await closed;
    const cpu = /\ncpu ([\d.]+)/.exec(text)?.[1];
    if (cpu === undefined) throw new Error(`${words.join(' ')} ended early: ${text.slice(-400)}`);
    return Number(cpu);
  };
  return {
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended();
    },
    async said(pattern: RegExp): Promise<string> {
      const until = performance.now() + limitMs;
      for (;;) {
        const found = pattern.exec(text)?.[1];
        if (found !== undefined) return found;
        if (child.exitCode !== null || performance.now() > until)
          throw new Error(`the app did not start: ${text.slice(-400)}`);
        await setTimeout(20);
      }
    },
  };
}

async function* benchImport(folder: string): AsyncGenerator<string> {
  const bundle = join(folder, 'bundle');
  const market = generateMarket({ size: 'box', seed: 1 });
  const files = await timed(() => writeMarket(market, bundle, () => {}));
  const rows = files.result.reduce((sum, { rows: some }) => sum + some, 0);
  yield line('writing the market', { ...files, note: `${rows} rows` });
  const opened = await timed(() => openEmbedded(join(folder, 'another')));
  yield line('making an empty database', opened);
  const took = await timed(async () => ingest({ store: opened.result }, await openBundle(bundle, { now: Date.now() })));
  yield line('import', { ...took, note: `${Math.round(rows / took.seconds)} rows/s` });
  await opened.result.close();
}

async function* benchQuestions(dataFolder: string): AsyncGenerator<string> {
  const config = readConfig({ DATA_DIR: dataFolder, PORT: '0', LOG_LEVEL: 'silent' });
  const lodestar = await openLodestar(config, createLog('silent'));
  const { questions } = lodestar;
  try {
    const list = await timed(() => questions.list({ tier: 1 }));
    yield line('list tier 1', list);
    const account = list.result.card.rows[0]?.id ?? '';
    yield line('explain', await timed(() => questions.explain(account)));
    const coverage = await timed(() => questions.coverage());
    yield line('coverage', coverage);
    yield line('receipt of coverage', await timed(() => questions.receipt(coverage.result.receipt)));
    yield line('list by technology', await timed(() => questions.list({ where: { technology: 'HubSpot' } })));
  } finally {
    await lodestar.close();
  }
}

async function anAccount(dataFolder: string): Promise<string> {
  const store = await openEmbedded(dataFolder);
  try {
    return (await store.rows<{ id: string }>(sql`select id from accounts order by id limit 1`))[0]?.id ?? '';
  } finally {
    await store.close();
  }
}

/** The wall and processor time of a piece of work, the longest time that it held everybody up among the notes. */
async function timed<Result>(work: () => Promise<Result>): Promise<Took & { result: Result }> {
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  longest = Math.max(longest, performance.now() - last);
  return { result, seconds, cpu: (user + system) / 1e6, note: `others waited ${Math.round(longest)} ms at most` };
}

function line(what: string, { seconds, cpu, note = '' }: Took): string {
  return `| ${what} | ${seconds.toFixed(1)} | ${cpu.toFixed(1)} | ${note} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for await (const text of benchStart()) process.stdout.write(`${text}\n`);
}
