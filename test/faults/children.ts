import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Said, saidSchema, type Task } from './task.ts';

/** How a process ended: with something to say, or killed, at a fault point or at some moment. */
export type Ended = { said: Said } | { killed: string };

interface Waiting {
  child: ChildProcess;
  ready: Promise<unknown>;
}

/** Processes to be killed. One is always started ahead, since loading takes longer than working. */
export function createChildren() {
  let next: Waiting | null = start();
  return {
    /** @param killAfterMs kills it so long after it has opened its folder; `null`: not */
    async run(task: Task, killAfterMs: number | null): Promise<Ended> {
      const { child, ready } = next ?? start();
      next = start();
      await ready;
      let said: Said | null = null;
      let output = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      child.on('message', (message) => {
        const heard = saidSchema.parse(message);
        if (heard.what !== 'working') said = heard;
        else if (killAfterMs !== null) void pause(killAfterMs).then(() => child.kill('SIGKILL'));
      });
      const gone = once(child, 'close');
      child.send(task);
      await gone;
      return said === null ? { killed: output.trim() || 'some moment' } : { said };
    },
    async close(): Promise<void> {
      const { child } = next ?? {};
      next = null;
      if (child === undefined) return;
      const gone = once(child, 'close');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function start(): Waiting {
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // A process that lives for a second does not gain from code that is compiled well.
    execArgv: ['--wasm-lazy-compilation', '--no-wasm-tier-up'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'lodestar-faults-cache') },
  });
  return { child, ready: once(child, 'message') };
}
