import type { Faults } from './faults.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Sockets } from './sockets.ts';
import type { State } from './state.ts';
import type { Traffic } from './traffic.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './view-state.ts';

/** The parts of the local Slack, as its methods and its people's side are handed them. */
export interface LocalSlack {
  state: State;
  traffic: Traffic;
  faults: Faults;
  sockets: Sockets;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  views: Views;
  /** `http://127.0.0.1:3000`. */
  origin(): string;
  /** Waits, and gives up at once when the server closes. */
  pause(ms: number): Promise<void>;
  closed(): boolean;
}
