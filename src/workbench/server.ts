import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { IcpError } from '../errors.ts';
import { createControl } from './control.ts';
import { servePage } from './page-files.ts';
import { createPeople, type People } from './people.ts';
import { answerApi } from './slack/api.ts';
import { createFaults, type FaultPlan } from './slack/faults.ts';
import { asObject, parseJson } from './slack/json.ts';
import { createResponseUrls, respondThrough } from './slack/response-urls.ts';
import type { LocalSlack } from './slack/slack.ts';
import { createSockets } from './slack/sockets.ts';
import { createState } from './slack/state.ts';
import { createTraffic, type TrafficEntry } from './slack/traffic.ts';
import { createTriggers } from './slack/triggers.ts';
import { createViews } from './slack/view-state.ts';
import { parseUpload, readBody, sendJson, sendText } from './slack/wire.ts';
import type { WorkspaceOptions } from './slack/workspace.ts';
import { waitFor } from './wait-for.ts';

export interface WorkbenchOptions {
  /** 0 picks a free one. */
  port: number;
  host?: '127.0.0.1';
  clock?: () => number;
  workspace: WorkspaceOptions;
  faults?: FaultPlan;
  /** Another outside world on the same port: it is asked about what is not Slack's, and has an entry in the rail. */
  beside?: {
    name: string;
    path: string;
    handler(request: IncomingMessage, response: ServerResponse, from: { name: string; path: string }): Promise<boolean>;
  };
  /** Further pages on the same port, by path: whoever starts the workbench may have its own to show. */
  also?: Readonly<Record<string, () => Promise<{ status: number; type: string; body: string }>>>;
}

export interface Workbench extends People {
  /** The page. */
  url: string;
  /** For the Bolt app's `clientOptions.slackApiUrl`. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  /** Everything that crossed since line `after`, oldest first. */
  traffic(after?: number): TrafficEntry[];
  /** Resolves with the first truthy answer. @throws {IcpError} when there was none in time */
  waitFor<T>(predicate: () => T | undefined | false | null, timeoutMs?: number): Promise<T>;
  /** How many sockets the app holds open. */
  connected(): number;
  /** Changes what goes wrong from now on. */
  plan(faults: FaultPlan): void;
  /** Asks the app to reconnect, or cuts it off without a word. */
  disconnect(how: 'asked' | 'cut'): void;
  close(): Promise<void>;
}

/**
 * Starts the local Slack: Web API, Socket Mode and the page, on one port of this machine only.
 *
 * @throws {IcpError} `port_taken` when something else listens on the port
 */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const host = options.host ?? '127.0.0.1';
  const state = createState(options.workspace, options.clock ?? Date.now);
  const faults = createFaults(options.faults);
  const traffic = createTraffic(state.clock, () => state.touch());
  const stopped = new AbortController();
  let origin = '';
  const slack: LocalSlack = {
    state,
    traffic,
    faults,
    sockets: createSockets({ state, traffic, faults }),
    triggers: createTriggers(state, faults),
    responseUrls: createResponseUrls(state),
    views: createViews(state),
    origin: () => origin,
    closed: () => stopped.signal.aborted,
    pause: (ms) => pause(ms, stopped.signal),
  };
  const people = createPeople(slack);
  const { beside } = options;
  const control = createControl(slack, people, beside ? { name: beside.name, path: beside.path } : null);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, first = '', ...rest] = url.pathname.split('/');
    if (!isLocal(request)) return sendText(response, 'the workbench answers only to this machine', 403);
    const further = options.also?.[url.pathname];
    if (further !== undefined) {
      const { status, type, body } = await further();
      response.writeHead(status, { 'content-type': type }).end(body);
      return;
    }
    if (beside !== undefined && !isSlacks(first, rest)) {
      if (await beside.handler(request, response, { name: 'Slack', path: '/' })) return;
    }
    switch (first) {
      case 'api':
        return answerApi(slack, rest.join('/'), request, response, url.searchParams);
      case 'resp': {
        const sent = asObject(parseJson((await readBody(request)).toString()));
        const { status, text } = respondThrough(slack, rest[0] ?? '', sent);
        const outcome = status === 200 ? 'ok' : 'failed';
        traffic.add({ kind: 'request', name: 'response_url', outcome, ms: 0, sent, answer: text });
        return sendText(response, text, status);
      }
      case 'upload': {
        const file = state.files.get(rest[0] ?? '');
        const bytes = await parseUpload(request.headers['content-type'] ?? '', await readBody(request));
        if (!file) return sendText(response, 'unknown file', 404);
        Object.assign(file, { bytes, uploaded: true });
        traffic.add({
          kind: 'request',
          name: 'file upload',
          outcome: 'ok',
          note: `${file.name}, ${bytes.length} bytes`,
        });
        return sendText(response, `OK - ${bytes.length}`);
      }
      case 'control':
        return control.answer(rest.join('/'), request, response, url.searchParams);
      default:
        return servePage(state, url.pathname, response);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : 'unknown';
      const status = error instanceof IcpError ? 400 : 500;
      if (!response.headersSent) sendJson(response, { ok: false, error: message }, status);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (isLocal(request)) slack.sockets.upgrade(request, socket, head);
    else socket.destroy();
  });
  origin = `http://${host}:${await listen(server, options.port, host)}`;

  return {
    ...people,
    url: `${origin}/`,
    apiUrl: `${origin}/api/`,
    botToken: 'xoxb-local-workbench',
    appToken: 'xapp-local-workbench',
    traffic: (after = 0) => traffic.since(after),
    connected: () => slack.sockets.connected(),
    plan: faults.plan,
    disconnect: (how) => (how === 'cut' ? slack.sockets.drop() : slack.sockets.disconnect('refresh_requested')),
    waitFor: (predicate, timeoutMs) => waitFor(slack, predicate, timeoutMs),
    async close() {
      stopped.abort();
      control.close();
      slack.sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const SLACKS = ['', 'api', 'resp', 'upload', 'files', 'page'];

/** The control of another outside world stands under its name. */
function isSlacks(first: string, rest: readonly string[]): boolean {
  return SLACKS.includes(first) || (first === 'control' && rest.length === 1);
}

const LOCAL = /^(https?:\/\/)?(127\.0\.0\.1|localhost)(:\d+)?$/;

/** Pages of other sites may reach 127.0.0.1 through a name of theirs; only local names are answered. */
function isLocal({ headers }: IncomingMessage): boolean {
  return LOCAL.test(headers.host ?? '') && (headers.origin === undefined || LOCAL.test(headers.origin));
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message =
        cause.code === 'EADDRINUSE'
          ? `the workbench needs port ${port} on ${host}, but another program listens there; stop it or choose another with PORT=${port + 1}`
          : `the workbench could not listen on ${host}:${port} (${cause.code}); choose another with PORT`;
      reject(new IcpError(cause.code === 'EADDRINUSE' ? 'port_taken' : 'cannot_listen', message, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
