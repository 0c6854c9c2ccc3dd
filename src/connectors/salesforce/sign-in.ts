import { z } from 'zod';
import { SalesforceError } from './errors.ts';
import { failureOf } from './failure-of.ts';
import { assertionOf } from './jwt.ts';
import type { Send } from './send.ts';
import type { SalesforceSettings } from './settings.ts';

/** Who we are to the org, while the token holds. */
export interface SignedIn {
  token: string;
  /** Where the org answers. */
  instanceUrl: string;
  orgId: string;
  userId: string;
}

/** At most this many token requests in a minute: a storm of them locks the user out. */
const most = 3;
const window = 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), instance_url: z.url(), id: z.string() });

/**
 * Signs in whenever it is called, up to three times in any minute; then it waits for the minute to pass.
 *
 * @throws {SalesforceError} `crm_signed_out` when Salesforce refuses, and when it was asked too often; `crm_retry` when
 *   it could not answer
 */
export function createSignIn(
  { loginUrl, auth }: SalesforceSettings,
  { send, now }: { send: Send; now: () => number },
): () => Promise<SignedIn> {
  let asked: number[] = [];
  let last: SalesforceError | null = null;
  return async () => {
    asked = asked.filter((at) => at > now() - window);
    const first = asked[0];
    if (asked.length >= most && first !== undefined) throw tooOften(first + window, last);
    asked.push(now());
    try {
      const answer = await send({
        ...{ method: 'POST', url: new URL('/services/oauth2/token', loginUrl).href },
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams(grantOf({ loginUrl, auth }, now())).toString(),
      });
      const failure = failureOf(answer);
      if (failure !== null) throw failure;
      last = null;
      return signedInOf(answer.body.toString('utf8'));
    } catch (error) {
      if (error instanceof SalesforceError) last = error;
      throw error;
    }
  };
}

function grantOf({ loginUrl, auth }: SalesforceSettings, now: number): Record<string, string> {
  if (auth.kind === 'client credentials')
    return { grant_type: 'client_credentials', client_id: auth.clientId, client_secret: auth.clientSecret };
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertionOf({ loginUrl, ...auth }, now),
  };
}

function signedInOf(body: string): SignedIn {
  const parsed = tokenSchema.safeParse(jsonOf(body));
  if (!parsed.success)
    throw new SalesforceError(
      'crm_retry',
      'Salesforce answered the sign-in with something that is no token; try again later',
    );
  const [orgId = '', userId = ''] = parsed.data.id.split('/').slice(-2);
  const { access_token: token, instance_url: instanceUrl } = parsed.data;
  return { token, instanceUrl: instanceUrl.replace(/\/$/, ''), orgId, userId };
}

function tooOften(until: number, last: SalesforceError | null): SalesforceError {
  const time = `${new Date(until).toISOString().slice(11, 19)} UTC`;
  const why = last === null ? 'Salesforce refuses every session that it has just given' : last.message;
  return new SalesforceError(
    last?.code === 'crm_retry' ? 'crm_retry' : 'crm_signed_out',
    `Lodestar has signed in to Salesforce ${most} times within a minute and waits until ${time}: ${why}`,
    last === null ? {} : { cause: last },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
