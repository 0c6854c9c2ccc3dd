import type { IncomingMessage, ServerResponse } from 'node:http';
import { SlackApiError } from './api-error.ts';
import { copyOf, type JsonObject } from './json.ts';
import { agentMethods } from './methods/agents.ts';
import { authMethods } from './methods/auth.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { reactionMethods } from './methods/reactions.ts';
import { streamMethods } from './methods/streams.ts';
import { userMethods } from './methods/users.ts';
import { viewMethods } from './methods/views.ts';
import type { LocalSlack } from './slack.ts';
import { parseArguments, readBody, sendJson, sendText } from './wire.ts';

/** One Web API method: arguments in, the answer's fields out; refusals are thrown as SlackApiError. */
export type Method = (slack: LocalSlack, args: JsonObject) => JsonObject | Promise<JsonObject>;

const METHODS: Record<string, Method> = {
  ...agentMethods,
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...reactionMethods,
  ...streamMethods,
  ...userMethods,
  ...viewMethods,
};

/** Needs an app-level token; everything else takes the bot token. */
const APP_TOKEN_METHODS = new Set(['apps.connections.open']);
const OPEN_METHODS = new Set(['api.test', 'blocks.validate']);

/**
 * Answers one call to `/api/METHOD`.
 *
 * The answer is always HTTP 200 with `ok`, for refusals and for methods we do not have too, because the official
 * client keeps retrying a 404 for half an hour (read in @slack/web-api 8.2.0, `tenRetriesInAboutThirtyMinutes`).
 */
export async function answerApi(
  slack: LocalSlack,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  const startedAt = performance.now();
  const args = parseArguments(request.headers['content-type'] ?? '', await readBody(request), query);
  const { token, ...shown } = args;
  const entry = slack.traffic.add({ kind: 'request', name, outcome: 'waiting', sent: copyOf(shown) });
  const done = (answer: JsonObject, note?: string) =>
    slack.traffic.update(entry, {
      outcome: answer.ok ? 'ok' : 'failed',
      ms: Math.round(performance.now() - startedAt),
      answer: copyOf(answer),
      ...(note ? { note } : {}),
    });
  const refusal = slack.faults.takeRefusal(name);
  if (refusal && refusal.status !== 200) {
    done({ ok: false, error: `http_${refusal.status}` }, 'asked for by the fault plan');
    if (refusal.status !== 429) return sendText(response, '', refusal.status);
    const headers = { 'retry-after': String(refusal.retryAfterSeconds ?? 1) };
    return sendJson(response, { ok: false, error: 'ratelimited' }, 429, headers);
  }
  const answer = refusal
    ? { ok: false, error: refusal.error ?? 'internal_error' }
    : await call(slack, name, args, bearer(request) || String(token ?? ''));
  done(answer, answer.error === 'unknown_method' ? 'the workbench does not have this method' : undefined);
  sendJson(response, answer);
}

async function call(slack: LocalSlack, name: string, args: JsonObject, token: string): Promise<JsonObject> {
  const method = METHODS[name];
  if (!method) return { ok: false, error: 'unknown_method', req_method: name };
  if (!OPEN_METHODS.has(name)) {
    const prefix = APP_TOKEN_METHODS.has(name) ? 'xapp-' : 'xoxb-';
    if (!token) return { ok: false, error: 'not_authed' };
    if (!/^xapp-|^xoxb-/.test(token)) return { ok: false, error: 'invalid_auth' };
    if (!token.startsWith(prefix)) return { ok: false, error: 'not_allowed_token_type' };
  }
  try {
    return { ok: true, ...(await method(slack, args)) };
  } catch (error) {
    if (error instanceof SlackApiError) return { ok: false, error: error.code, ...error.details };
    // Anything but 200 would be retried for half an hour, and the traffic would not say why.
    return { ok: false, error: 'internal_error', detail: error instanceof Error ? error.message : 'unknown' };
  }
}

function bearer(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}
