import type { Socket } from 'node:net';
import { join } from 'node:path';
import { tools } from '../../tools/index.ts';
import type { Conversation } from '../agent/conversation.ts';
import { createConversation } from '../agent/create-conversation.ts';
import { createInterpret } from '../agent/interpret.ts';
import { loadPrompts } from '../agent/prompts.ts';
import { emptyThread, type ThreadState, type ThreadStore } from '../agent/threads.ts';
import type { Config } from '../config.ts';
import type { Crm } from '../connectors/crm.ts';
import { type Compute, createCompute } from '../engine/compute/compute.ts';
import type { Interpret } from '../icp/wording.ts';
import type { Log } from '../log.ts';
import { createQuestions } from '../questions/create-questions.ts';
import type { Questions } from '../questions/types.ts';
import { loadThread, saveThread } from '../store/conversations.ts';
import { releaseAllLeases } from '../store/leases.ts';
import { lockFolder } from '../store/lock.ts';
import { openEmbedded, openServer } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { type CrmDoor, openCrm } from './crm/open-crm.ts';
import type { Tellers } from './tell-people.ts';

/** Everything below the people: what a command and the Slack app both stand on. */
export interface Lodestar {
  config: Config;
  log: Log;
  store: Store;
  compute: Compute;
  questions: Questions;
  conversation: Conversation;
  /** Puts findings into words. */
  interpret: Interpret;
  now: () => number;
  /** How people are told, while the app is connected; `null` for a command that runs by itself. */
  tellers: Tellers | null;
  /** The CRM; `null` where there is none. It is connected when it is first asked for. */
  crm: () => Promise<Crm | null>;
  /** Whether there is one to connect to; asks nobody. */
  hasCrm: () => boolean;
  /** The org on this machine, for whoever shows or fills it. */
  localOrg: CrmDoor['local'];
  /** This process, by a name that no other has: what it holds a lease under. */
  holder: string;
  close(): Promise<void>;
}

const promptsFolder = join(import.meta.dirname, '../../prompts');

/**
 * Puts the house together: the data folder's lock, the store, the engine's worker, the questions and the conversation.
 *
 * @param onVisitor gets the connections of other processes that want the same data folder
 * @throws {IcpError} `folder_in_use` when another process has the embedded database open
 */
export async function openLodestar(
  config: Config,
  log: Log,
  onVisitor: (socket: Socket) => void = (socket) => socket.destroy(),
): Promise<Lodestar> {
  const lock = config.database.kind === 'embedded' ? await lockFolder(config.dataDir, onVisitor) : null;
  try {
    const store =
      config.database.kind === 'embedded' ? await openEmbedded(config.dataDir) : await openServer(config.database.url);
    // Whoever held a lease in a database that this process has to itself is dead.
    if (config.database.kind === 'embedded') await releaseAllLeases(store);
    const now = () => Date.now();
    const holder = `process ${process.pid}, ${crypto.randomUUID()}`;
    const door = openCrm(config, { log, now });
    const compute = createCompute();
    const questions = createQuestions({ store, now, compute });
    const prompts = loadPrompts(promptsFolder);
    const { languageModel } = config;
    const interpret = createInterpret({ languageModel, prompts, log });
    const conversation = createConversation({
      questions,
      tools,
      threads: threadsIn(store, now),
      prompts,
      languageModel,
      log,
      now,
    });
    return {
      ...{ config, log, store, compute, questions, conversation, interpret, now, holder, tellers: null },
      ...{ crm: door.crm, localOrg: door.local, hasCrm: door.has },
      async close() {
        await door.close();
        await store.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

/** Threads are kept in the store, so a follow-up finds its account after a restart too. */
function threadsIn(store: Store, now: () => number): ThreadStore {
  return {
    load: async (key) => ((await loadThread(store, key)) as ThreadState | null) ?? emptyThread,
    save: (key, state) => saveThread(store, key, state, now()),
  };
}
