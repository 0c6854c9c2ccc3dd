import type { WebClient } from '@slack/web-api';
import type { ThreadMemory } from './conversation/threads.ts';
import type { SlackDeps } from './deps.ts';
import type { FindPerson } from './people.ts';
import type { ProposalBoard } from './proposals/proposal-board.ts';

/** What a listener hands on to the functions that do its work. */
export interface Desk {
  client: WebClient;
  deps: SlackDeps;
  findPerson: FindPerson;
  threads: ThreadMemory;
  board: ProposalBoard;
  /** Fires when the app stops, so that no turn outlives it. */
  stopping: AbortSignal;
}
