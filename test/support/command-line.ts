import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { outputTo } from '../../src/cli/output.ts';
import { parseCommandLine } from '../../src/cli/program.ts';
import { type Lodestar, openLodestar } from '../../src/compose/open-lodestar.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const cli = resolve(import.meta.dirname, '../../src/cli/lodestar.ts');

/** A folder of its own, gone when the test is over. */
export function ownFolder(t: Pick<TestContext, 'after'>): string {
  const made = mkdtempSync(join(tmpdir(), 'lodestar-own-'));
  t.after(() => rmSync(made, { recursive: true, force: true, maxRetries: 3 }));
  return made;
}

export interface Said {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command as a process of its own, in an environment that says nothing but what is given. */
export function lodestarProcess(args: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: Said = { code: null, out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    child.on('error', fail);
    child.on('close', (code) => settle({ ...said, code }));
  });
}

/** A data folder held open by this process, as the running app holds it. */
export async function openFolder(dataDir: string, onVisitor?: Parameters<typeof openLodestar>[2]): Promise<Lodestar> {
  return openLodestar(readConfig({ DATA_DIR: dataDir }), createLog('silent'), onVisitor);
}

/** Runs a command in this process, on a folder that is open: what it answers on standard output. */
export async function runHere(lodestar: Lodestar, ...argv: string[]): Promise<string> {
  const invocation = await parseCommandLine(argv);
  if (invocation.kind !== 'command' || !('run' in invocation.command))
    throw new Error(`${argv.join(' ')} is no command`);
  let answer = '';
  const out = outputTo(invocation.json, (line) => {
    if (line.kind === 'answer') answer += line.text;
  });
  await invocation.command.run(lodestar, { ...invocation.asked, out, cwd: process.cwd(), operator: 'a test' });
  return answer;
}
