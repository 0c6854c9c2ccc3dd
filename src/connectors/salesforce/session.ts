import { Connection } from 'jsforce';
import type { z } from 'zod';
import { SalesforceError } from './errors.ts';
import { failureOf, isExpired } from './failure-of.ts';
import { asComposite, isLongAddress, outOfComposite } from './long-address.ts';
import { type Again, type RetryDeps, retryDeps, withRetries } from './retry.ts';
import { SafeTransport } from './safe-transport.ts';
import { type Answer, createSend, type Send } from './send.ts';
import { type SalesforceDeps, type SalesforceSettings, usualApiVersion } from './settings.ts';
import { createSignIn, type SignedIn } from './sign-in.ts';
import { type Usage, usageOf } from './usage.ts';

/** A request to the org, by its path behind `/services/data/vXX.0` (or from `/services` on). */
export interface Asking {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  /** A value is sent as JSON, text as CSV. */
  body?: object | string;
  /** What may be said twice; everything unless given. */
  again?: Again;
}

/** The one conversation with the org: signs in when it must, asks again when it may, and counts. */
export interface Session extends RetryDeps {
  /** Asks, and reads the answer as JSON of a shape. A reading whose address is too long goes into the body of a composite. */
  ask<Shape extends z.ZodType>(shape: Shape, asking: Asking): Promise<z.output<Shape>>;
  /** Asks for an answer as it is, with its headers. */
  raw(path: string): Promise<Answer>;
  /** Who we are. */
  identity(): Promise<SignedIn>;
  /** Calls that count against the org's limit. */
  calls(): number;
  /** What the latest answer said is left. */
  usage(): Usage | null;
  close(): void;
}

export function openSession(settings: SalesforceSettings, deps: SalesforceDeps): Session {
  const closing = new AbortController();
  const retry = retryDeps(deps);
  let calls = 0;
  let usage: Usage | null = null;
  const plain = createSend(settings, { patience: deps.patience ?? 60_000, closing: closing.signal });
  const counted: Send = async (request) => {
    calls += 1;
    const answer = await plain(request);
    const header = answer.headers.get('sforce-limit-info');
    if (header !== null) usage = usageOf(header) ?? usage;
    return answer;
  };
  const connection = new Connection({ version: settings.apiVersion ?? usualApiVersion, loginUrl: settings.loginUrl });
  connection._transport = new SafeTransport(counted);

  const signIn = createSignIn(settings, { send: plain, now: retry.now });
  let current: Promise<SignedIn> | null = null;
  /** One sign-in for all who wait; one that failed is not kept. */
  const identity = (): Promise<SignedIn> => {
    const asked = current ?? signIn();
    current = asked;
    asked.catch(() => {
      if (current === asked) current = null;
    });
    return asked;
  };
  const asUs = async <Result>(work: (who: SignedIn) => Promise<Result>): Promise<Result> => {
    const waiting = identity();
    const who = await waiting;
    connection.accessToken = who.token;
    connection.instanceUrl = who.instanceUrl;
    try {
      return await work(who);
    } catch (error) {
      if (isExpired(error) && current === waiting) current = null;
      throw error;
    }
  };
  const guarded = <Result>(again: Again, work: (who: SignedIn) => Promise<Result>): Promise<Result> =>
    withRetries(retry, again, async () => {
      try {
        return await asUs(work);
      } catch (error) {
        if (!isExpired(error)) throw error;
        return await asUs(work);
      }
    });

  return {
    ...retry,
    identity: () => withRetries(retry, 'always', identity),
    ask: (shape, { method = 'GET', path, body, again = 'always' }) =>
      guarded(again, async () => {
        const url = path.startsWith('/services/') ? path : `/services/data/v${connection.version}${path}`;
        const isLong = method === 'GET' && isLongAddress(url);
        const sent = isLong ? asComposite(url) : { method, path, body };
        const given: unknown = await connection.request({
          ...{ method: sent.method, url: sent.path },
          headers: {
            'content-type': typeof sent.body === 'string' ? 'text/csv; charset=UTF-8' : 'application/json',
            // REST runs assignment rules on updates unless it is told not to (REST API Developer Guide, Assignment Rule Header).
            ...(sent.method === 'GET' ? {} : { 'Sforce-Auto-Assign': 'FALSE' }),
          },
          ...(sent.body === undefined
            ? {}
            : { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
        });
        const answer = isLong ? outOfComposite(given) : given;
        const parsed = shape.safeParse(answer === '' ? undefined : answer);
        if (parsed.success) return parsed.data;
        throw new SalesforceError(
          'crm_retry',
          `Salesforce answered ${path.split('?')[0]} with something else than it says it does; try again later`,
          {
            ...{ outcome: 'unknown', cause: parsed.error },
          },
        );
      }),
    raw: (path) =>
      guarded('always', async ({ token, instanceUrl }) => {
        const answer = await counted({
          ...{ method: 'GET', url: `${instanceUrl}/services/data/v${connection.version}${path}` },
          headers: { authorization: `Bearer ${token}`, accept: 'text/csv' },
        });
        const failure = failureOf(answer);
        if (failure !== null) throw failure;
        return answer;
      }),
    calls: () => calls,
    usage: () => usage,
    close: () => closing.abort(),
  };
}
