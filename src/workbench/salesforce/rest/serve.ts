import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, Faults } from '../faults/faults.ts';
import { send } from '../faults/send.ts';
import { type Answer, errorAnswer, jsonAnswer } from './answer.ts';
import type { createCalls } from './calls.ts';
import type { Api, Route } from './context.ts';
import { answerVersions, dispatch } from './dispatch.ts';
import { answerRevoke, answerToken } from './oauth.ts';
import { pathParts } from './path-parts.ts';
import { refusedForSize } from './request-size.ts';
import type { Tokens } from './tokens.ts';

export interface ServeContext {
  api: Api;
  tokens: Tokens;
  faults: Faults;
  calls: ReturnType<typeof createCalls>;
  /** Routes beside those of REST, by the first part of the path: Bulk. */
  routes: Readonly<Record<string, Route>>;
  /** The inside of the org over HTTP, for the page and for tests in another process. */
  control: (path: string, method: string, body: Buffer, query: URLSearchParams) => Answer;
  /** Told what went wrong inside. */
  log: (message: string, error: unknown) => void;
}

/** Answers a call if it is for Salesforce; `false` leaves it to somebody else. */
export async function serve(
  context: ServeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parts = pathParts(url.pathname);
  const isControl = parts[0] === 'control' && parts[1] === 'salesforce';
  if (!isControl && parts[0] !== 'services' && parts[0] !== 'id') return false;
  if (!isLocal(request)) {
    await send(response, errorAnswer(403, 'FORBIDDEN', 'the local Salesforce answers only to this machine'), null);
    return true;
  }
  const method = request.method ?? 'GET';
  const fault = isControl ? null : context.faults.take(`${method} ${request.url ?? '/'}`);
  const at = context.api.clock();
  const body = await readAll(request);
  const answer = await answerOf({ context, request, response, url, parts, body, fault, isControl }).catch(
    (error: unknown) => {
      context.log(`${method} ${request.url ?? ''} failed inside the local Salesforce`, error);
      return errorAnswer(500, 'UNKNOWN_EXCEPTION', error instanceof Error ? error.message : 'unknown');
    },
  );
  const { authorization: _, ...headers } = request.headers;
  const status = answer === null || fault?.kind === 'lose' ? null : answer.status;
  const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const call = { at, method, path: request.url ?? '/', status, fault: fault?.kind ?? null, bytes: body.length };
  if (!isControl) context.calls.add({ ...call, headers: shown });
  if (answer === null) response.destroy();
  else await send(response, answer, fault);
  return true;
}

const LOCAL = /^(https?:\/\/)?(127\.0\.0\.1|localhost)(:\d+)?$/;

/** Pages of other sites may reach 127.0.0.1 through a name of theirs; only local names are answered. */
function isLocal({ headers }: IncomingMessage): boolean {
  return LOCAL.test(headers.host ?? '') && (headers.origin === undefined || LOCAL.test(headers.origin));
}

interface Incoming {
  context: ServeContext;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  parts: readonly string[];
  body: Buffer;
  fault: Fault | null;
  isControl: boolean;
}

/**
 * What a call is answered with. Without a good token it is refused before it counts; what counts says how many calls there
 * were, and beyond the limit of the day it is refused too.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
async function answerOf(incoming: Incoming): Promise<Answer | null> {
  const { context, request, response, url, parts, body, fault } = incoming;
  const { api, tokens } = context;
  const method = request.method ?? 'GET';
  if (incoming.isControl) return context.control(parts.slice(2).join('/'), method, body, url.searchParams);
  const tooLong = refusedForSize(request);
  if (tooLong !== null) return tooLong;
  const origin = `http://${request.headers.host ?? 'localhost'}`;
  const instead = await insteadOf(fault, response);
  const isToken = parts[1] === 'oauth2';
  if (isToken && parts[2] === 'token') api.counters.counts.tokens += 1;
  if (instead !== 'go on') return instead;
  if (isToken) {
    const oauth = { options: api.options, tokens, clock: api.clock, ids: api.ids, origin };
    if (method !== 'POST')
      return jsonAnswer({ error: 'invalid_request', error_description: 'must use HTTP POST' }, 400);
    if (parts[2] === 'token') return answerToken(oauth, body.toString('utf8'), request.headers.authorization);
    return answerRevoke(oauth, body.toString('utf8'));
  }
  if (parts[0] === 'services' && parts[1] === 'data' && parts.length === 2) return answerVersions();
  const [, token = ''] = /^(?:Bearer|OAuth) (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (fault?.kind === 'unauthorized' || !tokens.isGood(token)) {
    return errorAnswer(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  }
  if (parts[0] === 'id') return identityOf(api, origin);
  const used = api.counters.request(api.clock());
  const limit = {
    'sforce-limit-info': `api-usage=${Math.min(used, api.options.dailyRequests)}/${api.options.dailyRequests}`,
  };
  if (fault?.kind === 'limit' || used > api.options.dailyRequests) {
    const refused = errorAnswer(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    return { ...refused, headers: limit };
  }
  const [, , version = '', ...path] = parts;
  const call = { method, path, version, query: url.searchParams, headers: request.headers, body, origin };
  const answer = dispatch(api, call, context.routes);
  return { ...answer, headers: { ...limit, ...answer.headers } };
}

/** What is answered without doing the work; `null`: nothing at all. */
async function insteadOf(fault: Fault | null, response: ServerResponse): Promise<Answer | null | 'go on'> {
  switch (fault?.kind) {
    case 'status': {
      const { status, errorCode = 'SERVER_UNAVAILABLE', message = 'Service Unavailable', body } = fault;
      return body === undefined
        ? errorAnswer(status, errorCode, message)
        : { status, type: 'text/html', headers: {}, body };
    }
    case 'html':
      return {
        status: 200,
        type: 'text/html',
        headers: {},
        body: '<html><body>We are down for maintenance</body></html>',
      };
    case 'reset':
      return null;
    case 'stall':
      await new Promise<void>((resolve) => {
        const timer = fault.ms === undefined ? undefined : setTimeout(resolve, fault.ms);
        response.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      return response.destroyed ? null : 'go on';
    default:
      return 'go on';
  }
}

/**
 * Who a token is for.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid.htm
 */
function identityOf({ ids, options }: Api, origin: string): Answer {
  return jsonAnswer({
    ...{ user_id: ids.integrationUser, organization_id: ids.organization, username: options.username, active: true },
    urls: { rest: `${origin}/services/data/v{version}/` },
  });
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
