import { z } from 'zod';
import { SalesforceError } from '../api-error.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import type { ApiRequest } from './context.ts';
import { pathParts } from './path-parts.ts';
import { notAllowed } from './query.ts';
import { readJson } from './read-json.ts';

const mostCalls = 25;
const mostQueries = 5;
const readable = ['query', 'queryall', 'sobjects'];

const callsSchema = z.array(
  z.object({ method: z.literal('GET'), url: z.string(), referenceId: z.string().regex(/^[A-Za-z0-9_]+$/) }),
);

/**
 * `composite`: several calls in the body of one, which counts once. At most 25, of which 5 may be queries. It is answered
 * with 200 whatever becomes of them; each has a status of its own. The body is not held to the length of an address, so it
 * is the way for a query that is too long for one. Reading only: the local Salesforce rolls nothing back.
 *
 * @param answer answers one of the calls
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 * @see https://help.salesforce.com/s/articleView?id=000386264
 */
export function answerSubrequests(request: ApiRequest, answer: (call: ApiRequest) => Answer): Answer {
  if (request.method !== 'POST') throw notAllowed(request.method);
  const { data: calls } = callsSchema.safeParse(readJson(request.body).compositeRequest);
  if (calls === undefined)
    throw refused('the local Salesforce needs calls with the method GET, a url and a referenceId');
  if (calls.length > mostCalls) throw refused(`The maximum number of subrequests is ${mostCalls}`);
  const meant = calls.map(({ url, referenceId }) => ({ referenceId, call: callOf(request, url) }));
  const queries = meant.filter(({ call }) => call.path[0]?.toLowerCase() !== 'sobjects');
  if (queries.length > mostQueries) throw refused(`The maximum number of query subrequests is ${mostQueries}`);
  const compositeResponse = meant.map(({ referenceId, call }) => {
    const { status, body } = answer(call);
    return { body: bodyOf(body), httpHeaders: {}, httpStatusCode: status, referenceId };
  });
  return jsonAnswer({ compositeResponse });
}

/** A call of the body as if it had come by itself. @throws {SalesforceError} 400 for what the local Salesforce does not do */
function callOf(request: ApiRequest, url: string): ApiRequest {
  const { pathname, searchParams } = URL.parse(url, 'http://localhost') ?? new URL('http://localhost');
  const [services, data, version = '', ...path] = pathParts(pathname);
  if (services !== 'services' || data !== 'data' || !readable.includes(path[0]?.toLowerCase() ?? ''))
    throw refused('the local Salesforce reads /services/data/vXX.X/query, queryAll and sobjects in a composite');
  return { ...request, method: 'GET', version, path, query: searchParams, body: Buffer.alloc(0) };
}

function bodyOf(body: Answer['body']): unknown {
  return typeof body === 'string' && body !== '' ? JSON.parse(body) : null;
}

function refused(message: string): SalesforceError {
  return new SalesforceError(400, 'INVALID_INPUT', message);
}
