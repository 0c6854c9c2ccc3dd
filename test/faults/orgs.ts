import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OrgState } from './org-state.ts';

/** An org in a process of its own. It works on one file at a time. */
export interface OrgProcess {
  /** Serves an org that is in a file. @returns where */
  open(file: string, at: number): Promise<string>;
  /** Sets the clock of the org. */
  clock(at: number): Promise<void>;
  state(): Promise<OrgState>;
  close(): Promise<void>;
}

export function startOrgProcess(): OrgProcess {
  const child = fork(join(import.meta.dirname, 'org-process.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    open: async (file, at) => String(await ask(child, { what: 'open', file, at })),
    clock: async (at) => void (await ask(child, { what: 'clock', at })),
    // The process is of this folder and answers with what `orgState` gives.
    state: async () => (await ask(child, { what: 'state' })) as OrgState,
    async close() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function ask(child: ChildProcess, message: object): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(message);
  const [answer] = (await answered) as [{ value?: unknown; error?: string }];
  if (answer.error !== undefined) throw new Error(`the org says: ${answer.error}`);
  return answer.value;
}
