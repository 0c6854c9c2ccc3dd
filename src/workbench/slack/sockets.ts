import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Faults } from './faults.ts';
import { asObject, type JsonObject, parseJson } from './json.ts';
import type { State } from './state.ts';
import type { Traffic } from './traffic.ts';

type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

interface Delivery {
  type: EnvelopeType;
  /** As the inspector shows it. */
  name: string;
  payload: JsonObject;
  acceptsResponse: boolean;
  attempt?: number;
}

/** What became of a delivery: acknowledged in time, too late, or nobody was there to take it. */
type Acknowledgement =
  | { outcome: 'acknowledged'; payload: JsonObject; ms: number }
  | { outcome: 'timeout' }
  | { outcome: 'not_connected' };

export interface Sockets {
  /** A single-use address for one connection, as apps.connections.open gives out. */
  issueUrl(origin: string): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  deliver(delivery: Delivery): Promise<Acknowledgement>;
  /** Asks every connection to come back later, as Slack does every few hours. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Cuts every connection without a word. */
  drop(): void;
  connected(): number;
  close(): void;
}

/** Slack gives at most ten connections to an app. @see https://docs.slack.dev/apis/events-api/using-socket-mode/ */
const MOST_CONNECTIONS = 10;
const PATH = '/link/';

/**
 * Socket Mode: the app connects to us, we send envelopes, it acknowledges each by its id.
 *
 * Three facts of the protocol (https://docs.slack.dev/apis/events-api/using-socket-mode/): the first frame is `hello`;
 * with several connections open each payload goes to only one of them; an envelope is acknowledged by sending its
 * `envelope_id` back, with a payload where `accepts_response_payload` allows one.
 */
export function createSockets(deps: { state: State; traffic: Traffic; faults: Faults }): Sockets {
  const { state, traffic, faults } = deps;
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: JsonObject) => void>();
  let open: WebSocket[] = [];
  let turn = 0;

  function accept(socket: WebSocket): void {
    open = [...open, socket];
    traffic.add({ kind: 'connection', name: 'hello', outcome: 'ok', note: `${open.length} open` });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        connection_info: { app_id: state.workspace.app.id },
        debug_info: { host: 'workbench', build_number: 1, approximate_connection_time: 18060 },
      }),
    );
    socket.on('message', (data) => {
      const frame = asObject(parseJson(String(data)));
      const settle = waiting.get(String(frame.envelope_id));
      if (settle && faults.takeLoss()) return;
      if (settle) settle(asObject(frame.payload));
      else traffic.add({ kind: 'connection', name: 'late or unknown ack', outcome: 'failed', sent: frame });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      open = open.filter((other) => other !== socket);
      traffic.add({ kind: 'connection', name: 'closed', outcome: 'failed', note: `${open.length} open` });
      state.touch();
    });
    state.touch();
  }

  async function deliver(delivery: Delivery): Promise<Acknowledgement> {
    const { name, payload, attempt } = delivery;
    const entry = traffic.add({
      kind: 'delivery',
      name,
      outcome: 'waiting',
      sent: payload,
      ...(attempt ? { attempt } : {}),
    });
    const socket = open.length > 0 ? open[turn++ % open.length] : undefined;
    if (!socket) {
      traffic.update(entry, { outcome: 'failed', note: 'the app is not connected' });
      return { outcome: 'not_connected' };
    }
    const envelopeId = state.ids.next('E');
    const startedAt = performance.now();
    const answer = new Promise<JsonObject | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), faults.acknowledgeWithinMs);
      waiting.set(envelopeId, (answered) => {
        clearTimeout(timer);
        resolve(answered);
      });
    });
    socket.send(
      JSON.stringify({
        envelope_id: envelopeId,
        type: delivery.type,
        payload,
        accepts_response_payload: delivery.acceptsResponse,
        ...(delivery.type === 'events_api'
          ? { retry_attempt: attempt ?? 0, retry_reason: attempt ? 'timeout' : '' }
          : {}),
      }),
    );
    const acknowledged = await answer;
    waiting.delete(envelopeId);
    const ms = Math.round(performance.now() - startedAt);
    if (!acknowledged) {
      traffic.update(entry, { outcome: 'failed', ms, envelopeId, note: `not acknowledged within ${ms} ms` });
      return { outcome: 'timeout' };
    }
    traffic.update(entry, { outcome: 'ok', ms, envelopeId, answer: acknowledged });
    return { outcome: 'acknowledged', payload: acknowledged, ms };
  }

  return {
    deliver,
    issueUrl(origin) {
      const ticket = state.ids.next('ticket');
      tickets.add(ticket);
      return `${origin.replace(/^http/, 'ws')}${PATH}?ticket=${ticket}&app_id=${state.workspace.app.id}`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname !== PATH || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      if (open.length >= MOST_CONNECTIONS) {
        socket.end('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    disconnect(reason) {
      traffic.add({ kind: 'connection', name: 'disconnect', outcome: 'failed', note: reason });
      for (const socket of open) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
    },
    drop() {
      for (const socket of open) socket.terminate();
    },
    connected: () => open.length,
    close() {
      for (const socket of open) socket.terminate();
      server.close();
    },
  };
}
