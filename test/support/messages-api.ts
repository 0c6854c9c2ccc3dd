import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { broken } from './messages-api-rules.ts';

/** A request as it came in, for assertions. */
export interface RecordedRequest {
  headers: Readonly<Record<string, string>>;
  body: MessagesBody;
  /** 200, or what the double refused it with. */
  status: number;
  error: string | null;
}

export type WireBlock = Readonly<{ type: string } & Record<string, unknown>>;

export interface MessagesBody {
  model: string;
  max_tokens: number;
  stream?: boolean;
  system?: string | readonly WireBlock[];
  messages: readonly { role: 'user' | 'assistant'; content: string | readonly WireBlock[] }[];
  tools?: readonly Readonly<{ name: string; description?: string; input_schema: Readonly<Record<string, unknown>> }>[];
  [more: string]: unknown;
}

/** What the model "says": text, tool calls, or raw blocks. */
export type Reply =
  | string
  | { tools: readonly { name: string; input: unknown; id?: string }[]; text?: string; thinking?: string }
  | { blocks: readonly WireBlock[]; stopReason?: string };

/** What goes wrong on the wire instead of a reply, or in the middle of it. */
export type Fault =
  | { status: 400 | 401 | 429 | 500 | 529; retryAfter?: number }
  | { cutAfterEvents: number }
  | { sseError: 'overloaded_error' | 'api_error'; afterEvents?: number }
  | { hangMs: number };

export interface MessagesApi {
  url: string;
  requests: readonly RecordedRequest[];
  /** Faults for the next requests, one each, in order. */
  fail(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

const bodySchema = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.number().int().positive(),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]),
      }),
    )
    .min(1),
});

/**
 * The Messages API on 127.0.0.1, as strict as the real one where it matters: versions, authentication, JSON and server-sent
 * events, and the invariants of a conversation. `script` gives the reply to each request that it accepts.
 */
export async function startMessagesApi(script: (body: MessagesBody, nth: number) => Reply): Promise<MessagesApi> {
  const requests: RecordedRequest[] = [];
  const faults: Fault[] = [];
  let accepted = 0;
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) refuse(response, 500, 'api_error', `the double itself failed: ${String(error)}`);
      else response.destroy();
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
    const raw: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
    const parsed = bodySchema.safeParse(raw);
    const body = raw as MessagesBody;
    const note = (status: number, error: string | null): void => void requests.push({ headers, body, status, error });
    const reject = (status: number, type: string, message: string, retryAfter?: number): void => {
      note(status, message);
      refuse(response, status, type, message, retryAfter);
    };
    if (request.method !== 'POST' || request.url?.split('?')[0] !== '/v1/messages')
      return reject(404, 'not_found_error', 'Not found');
    if (!headers['x-api-key'] && !/^Bearer \S+/.test(headers.authorization ?? '')) {
      return reject(401, 'authentication_error', 'x-api-key header is required');
    }
    if (!headers['anthropic-version'])
      return reject(400, 'invalid_request_error', 'anthropic-version: header is required');
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.') ?? 'body';
      return reject(
        400,
        'invalid_request_error',
        issue?.code === 'invalid_type' && issue.message.includes('undefined')
          ? `${field}: Field required`
          : `${field}: ${issue?.message}`,
      );
    }
    const fault = faults.shift();
    if (fault && 'status' in fault)
      return reject(fault.status, errorTypes[fault.status], errorTypes[fault.status], fault.retryAfter);
    const invalid = broken(body, headers['anthropic-version']);
    if (invalid) return reject(400, 'invalid_request_error', invalid);
    if (fault && 'hangMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.hangMs).unref());
    if (response.destroyed) return note(499, 'the client went away');
    note(200, null);
    const message = messageOf(script(body, accepted++), body.model, accepted);
    if (body.stream) stream(response, message, fault);
    else
      response
        .writeHead(200, { 'content-type': 'application/json', 'request-id': `req_${accepted}` })
        .end(JSON.stringify(message));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    fail: (...more) => void faults.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const errorTypes = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
} as const;

function refuse(response: ServerResponse, status: number, type: string, message: string, retryAfter?: number): void {
  const headers = {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  };
  response
    .writeHead(status, headers)
    .end(JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_double' }));
}

interface WireMessage {
  content: readonly WireBlock[];
  stop_reason: string;
  [more: string]: unknown;
}

function messageOf(reply: Reply, model: string, nth: number): WireMessage {
  const content = blocksOf(reply, nth);
  const usual = content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn';
  const stop_reason = typeof reply === 'object' && 'blocks' in reply ? (reply.stopReason ?? usual) : usual;
  const usage = { input_tokens: 10, output_tokens: 5, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  return {
    id: `msg_${nth}`,
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason,
    stop_sequence: null,
    usage,
  };
}

function blocksOf(reply: Reply, nth: number): readonly WireBlock[] {
  if (typeof reply === 'string') return [{ type: 'text', text: reply }];
  if ('blocks' in reply) return reply.blocks;
  return [
    ...(reply.thinking ? [{ type: 'thinking', thinking: reply.thinking, signature: `sig_${nth}` }] : []),
    ...(reply.text ? [{ type: 'text', text: reply.text }] : []),
    ...reply.tools.map(({ name, input, id }, i) => ({ type: 'tool_use', id: id ?? `toolu_${nth}_${i}`, name, input })),
  ];
}

/** The message as server-sent events, in the order and shape of the real stream. */
function stream(response: ServerResponse, message: WireMessage, fault: Fault | undefined): void {
  const events: object[] = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    { type: 'ping' },
  ];
  for (const [index, block] of message.content.entries()) {
    const start =
      block.type === 'text'
        ? { ...block, text: '' }
        : block.type === 'tool_use'
          ? { ...block, input: {} }
          : block.type === 'thinking'
            ? { ...block, thinking: '', signature: '' }
            : block;
    events.push({ type: 'content_block_start', index, content_block: start });
    for (const delta of deltasOf(block)) events.push({ type: 'content_block_delta', index, delta });
    events.push({ type: 'content_block_stop', index });
  }
  events.push(
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: 'message_stop' },
  );
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_double' });
  const stopAt =
    fault && 'cutAfterEvents' in fault
      ? fault.cutAfterEvents
      : fault && 'sseError' in fault
        ? (fault.afterEvents ?? 3)
        : events.length;
  const write = (event: object): void =>
    void response.write(`event: ${'type' in event ? event.type : 'error'}\ndata: ${JSON.stringify(event)}\n\n`);
  for (const event of events.slice(0, stopAt)) write(event);
  if (fault && 'sseError' in fault)
    write({
      type: 'error',
      error: {
        type: fault.sseError,
        message: fault.sseError === 'overloaded_error' ? 'Overloaded' : 'Internal server error',
      },
    });
  // Cut means cut: the socket goes, without the end of the chunked body. What was written must be on its way first.
  if (fault && 'cutAfterEvents' in fault) setTimeout(() => response.destroy(), 20);
  else response.end();
}

function deltasOf(block: WireBlock): readonly object[] {
  const halves = (text: string): readonly string[] => [
    text.slice(0, Math.ceil(text.length / 2)),
    text.slice(Math.ceil(text.length / 2)),
  ];
  if (block.type === 'text') return halves(String(block.text)).map((text) => ({ type: 'text_delta', text }));
  if (block.type === 'tool_use')
    return halves(JSON.stringify(block.input)).map((partial_json) => ({ type: 'input_json_delta', partial_json }));
  if (block.type === 'thinking')
    return [
      { type: 'thinking_delta', thinking: block.thinking },
      { type: 'signature_delta', signature: block.signature },
    ];
  return [];
}
