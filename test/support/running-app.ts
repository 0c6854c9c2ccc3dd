import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

/** The app as `npm start` runs it: a process of its own, without a key and with a new data folder. */
export interface RunningApp {
  /** The page of the local Slack. */
  page: string;
  dataDir: string;
  /** A command of the command line against the same data folder, through the app. */
  lodestar(...args: string[]): Promise<Finished>;
  /** A second app on the same data folder. */
  startAnother(): Promise<Finished>;
  stop(): Promise<void>;
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

const root = resolve(import.meta.dirname, '../..');
const longestStartMs = 220_000;
const longestCommandMs = 180_000;

/**
 * Starts the app and waits until it says where its page is.
 *
 * @param dataDir a folder to keep; without it a new one is made, and removed on `stop`
 */
export async function startRunningApp(dataDir?: string): Promise<RunningApp> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'lodestar-page-')));
  const env = { ...bareEnvironment(), DATA_DIR: folder, LOG_LEVEL: 'info' };
  const app = start(['src/main.ts'], { ...env, PORT: String(await freePort()) });
  // A test that is cut short must not leave an app behind.
  const end = () => app.kill('SIGKILL');
  process.once('exit', end);
  const stop = async () => {
    process.off('exit', end);
    app.kill('SIGTERM');
    await Promise.race([new Promise((done) => app.once('exit', done)), wait(5000, undefined, { ref: false })]);
    app.kill('SIGKILL');
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const page = await pageOf(app);
    return {
      page,
      dataDir: folder,
      lodestar: (...args) => finish(start(['src/cli/lodestar.ts', ...args], { ...env, LOG_LEVEL: 'warn' })),
      startAnother: async () => finish(start(['src/main.ts'], { ...env, PORT: String(await freePort()) })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Without keys, tokens and addresses: what a person has who only just cloned the project. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('a port number was needed, got none');
  return address.port;
}

function pageOf(app: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((found, failed) => {
    const giveUp = (why: string) => failed(new Error(`${why}; it said:\n${said.slice(-20).join('\n')}`));
    const timer = setTimeout(() => giveUp(`the app was not ready after ${longestStartMs / 1000} s`), longestStartMs);
    for (const stream of [app.stdout, app.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const page = /Lodestar is ready: open (http:\/\/\S+)/.exec(line)?.[1];
        if (page === undefined) return;
        clearTimeout(timer);
        found(page);
      });
    }
    app.once('exit', (code) => {
      clearTimeout(timer);
      giveUp(`the app ended with ${code} before it was ready`);
    });
  });
}

async function finish(child: ChildProcess): Promise<Finished> {
  const timer = setTimeout(() => child.kill('SIGKILL'), longestCommandMs);
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  clearTimeout(timer);
  return { code, stdout, stderr };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}
