import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Notifier } from '../engine/notifier.ts';
import { boltLogger } from './bolt-logger.ts';
import { createThreadMemory } from './conversation/threads.ts';
import type { SlackConnection, SlackDeps } from './deps.ts';
import type { Desk } from './desk.ts';
import { registerListeners } from './listeners/index.ts';
import { createNotifier, type Reporter } from './notify.ts';
import { createFindPerson } from './people.ts';
import { createProposalBoard } from './proposals/proposal-board.ts';

export type { SlackDeps } from './deps.ts';

export interface SlackApp {
  bolt: App;
  /** Tells people what they did not ask for. */
  notifier: Notifier & Reporter;
  /** Connects; nothing is opened before. */
  start(): Promise<void>;
  /** Stops listening and ends the turns that are under way. */
  stop(): Promise<void>;
}

/** Slack's client waits half an hour by default; a person waits seconds. */
const patience = { retryConfig: { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3000 }, timeout: 15_000 };

/**
 * The Slack side of the house: Bolt with our listeners on it.
 *
 * @param receiver how events come in; by default Socket Mode or HTTP, as the connection says
 */
export function createSlackApp(deps: SlackDeps, receiver?: Receiver): SlackApp {
  const { connection, log } = deps;
  const logger = boltLogger(log);
  const clientOptions: WebClientOptions = {
    ...patience,
    logger,
    ...(connection.apiUrl !== undefined && { slackApiUrl: connection.apiUrl }),
  };
  const entrance = receiver ?? receiverFor(connection, clientOptions);
  const bolt = new App({
    token: connection.botToken,
    receiver: entrance,
    logger,
    clientOptions,
    // Otherwise the constructor already calls Slack, and an app that is only built would be online.
    deferInitialization: true,
  });
  bolt.error(async (error) => log.error({ err: error }, 'a Slack listener failed'));

  const stopping = new AbortController();
  const board = createProposalBoard({ ...deps, client: bolt.client });
  const desk: Desk = {
    board,
    client: bolt.client,
    deps,
    findPerson: createFindPerson(deps, bolt.client),
    threads: createThreadMemory(bolt.client, deps.now),
    stopping: stopping.signal,
  };
  registerListeners(bolt, desk);

  return {
    bolt,
    notifier: createNotifier({ client: bolt.client, log, now: deps.now, board }),
    async start() {
      await bolt.init();
      await bolt.start();
    },
    async stop() {
      stopping.abort();
      const closed = entrance instanceof SocketModeReceiver ? closing(entrance) : Promise.resolve();
      await bolt.stop();
      await closed;
    },
  };
}

/** Bolt says that a socket has stopped when it has only asked for it; whoever exits then leaves Slack talking to nobody. */
function closing({ client: socket }: SocketModeReceiver): Promise<void> {
  return new Promise((resolve) => {
    const enough = setTimeout(resolve, 3000);
    socket.once('disconnected', () => {
      clearTimeout(enough);
      resolve();
    });
  });
}

function receiverFor(connection: SlackConnection, clientOptions: WebClientOptions): Receiver {
  const { logger } = clientOptions;
  const logging = logger === undefined ? {} : { logger };
  if (connection.mode === 'http') {
    return new HTTPReceiver({ signingSecret: connection.signingSecret, port: connection.port, ...logging });
  }
  // A lost socket is opened again for as long as it takes, unlike a message, which is tried three times.
  const reconnecting = { ...clientOptions, retryConfig: { retries: 100, factor: 1.3, maxTimeout: 60_000 } };
  return new SocketModeReceiver({
    // The usual five seconds cut off a machine that is merely busy.
    clientPingTimeout: 15_000,
    appToken: connection.appToken,
    installerOptions: { clientOptions: reconnecting },
    ...logging,
  });
}
