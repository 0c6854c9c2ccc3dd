import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { App, Receiver } from '@slack/bolt';

export interface ApiCall {
  method: string;
  args: Record<string, unknown>;
}

type Reply = Record<string, unknown>;

/**
 * Slack's Web API as far as the app uses it, over HTTP in Slack's own wire format, so that the real client speaks to it.
 *
 * Like Slack it answers 200 with `ok: false` to what it refuses. `answer` replaces the answer of one method.
 */
export class FakeSlack {
  readonly calls: ApiCall[] = [];
  readonly responses: Reply[] = [];
  readonly uploads: Buffer[] = [];
  readonly #answers = new Map<string, (args: Record<string, unknown>) => Reply>();
  readonly #recorded = new EventEmitter();
  readonly #server: Server;
  #clock = 1_700_000_000;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then((body) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the fake is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  get apiUrl(): string {
    return `${this.origin}/api/`;
  }

  answer(method: string, reply: (args: Record<string, unknown>) => Reply): void {
    this.#answers.set(method, reply);
  }

  /** Resolves when the method has been called, for what happens after an event was acknowledged. */
  async called(method: string): Promise<void> {
    while (this.callsOf(method).length === 0) await once(this.#recorded, 'call');
  }

  /** Resolves when something has come back on a response_url. */
  async responded(): Promise<void> {
    while (this.responses.length === 0) await once(this.#recorded, 'response');
  }

  callsOf(method: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === method).map(({ args }) => args);
  }

  async #answer(request: IncomingMessage): Promise<Reply> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    const path = new URL(request.url ?? '/', 'http://fake').pathname;
    if (path === '/upload') {
      this.uploads.push(body);
      return { ok: true };
    }
    if (path === '/respond') {
      this.responses.push(JSON.parse(body.toString()));
      this.#recorded.emit('response');
      return { ok: true };
    }
    const method = path.replace('/api/', '');
    const args = readForm(body.toString());
    this.calls.push({ method, args });
    this.#recorded.emit('call');
    return this.#answers.get(method)?.(args) ?? this.#usual(method, args);
  }

  #usual(method: string, args: Record<string, unknown>): Reply {
    switch (method) {
      case 'auth.test':
        return { ok: true, user_id: 'UBOT', bot_id: 'BBOT', team_id: 'T1', user: 'lodestar', team: 'Fake' };
      case 'chat.postMessage':
        this.#clock += 1;
        return { ok: true, channel: args.channel, ts: `${this.#clock}.000100`, message: {} };
      case 'users.info':
        return { ok: true, user: { id: args.user, profile: { email: `${String(args.user)}@ours.example` } } };
      case 'files.getUploadURLExternal':
        return { ok: true, upload_url: `${this.origin}/upload`, file_id: 'F1' };
      case 'files.completeUploadExternal':
        return { ok: true, files: [{ id: 'F1' }] };
      case 'conversations.replies':
        return { ok: true, messages: [] };
      case 'views.open':
        return { ok: true, view: { id: `V${this.calls.length}` } };
      case 'chat.update':
      case 'chat.postEphemeral':
      case 'views.update':
      case 'views.publish':
      case 'assistant.threads.setStatus':
      case 'assistant.threads.setSuggestedPrompts':
        return { ok: true };
      default:
        return { ok: false, error: 'unknown_method' };
    }
  }
}

/** Web API bodies are forms, with anything nested as JSON. */
function readForm(body: string): Record<string, unknown> {
  return Object.fromEntries([...new URLSearchParams(body)].map(([key, value]) => [key, readValue(value)]));
}

function readValue(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  return JSON.parse(value);
}

/** Events by hand: what a receiver is to Bolt, without a network. Resolves when every listener has done its work. */
export class FakeReceiver implements Receiver {
  #app: App | null = null;

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async send(body: Record<string, unknown>, ack: (response?: unknown) => void = () => undefined): Promise<void> {
    await this.#app?.processEvent({ body, ack: async (response) => ack(response) });
  }
}
