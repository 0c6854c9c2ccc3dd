import { createVerify } from 'node:crypto';
import { parse } from 'node:querystring';
import { z } from 'zod';
import type { OrgOptions } from '../org/options.ts';
import { type Answer, emptyAnswer, jsonAnswer } from './answer.ts';
import type { Tokens } from './tokens.ts';

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export interface OAuthContext {
  options: OrgOptions;
  tokens: Tokens;
  clock: () => number;
  ids: { organization: string; integrationUser: string };
  /** Where the client reached us. */
  origin: string;
}

/**
 * The token endpoint. Its errors are objects with `error` and `error_description`, unlike those of the REST API.
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
 */
export function answerToken(context: OAuthContext, body: string, authorization: string | undefined): Answer {
  const form = { ...basicOf(authorization), ...parse(body) };
  const said = (name: string): string => String(form[name] ?? '');
  const { options } = context;
  switch (said('grant_type')) {
    case 'client_credentials': {
      const refused = refusedClient(options, said('client_id'), said('client_secret'));
      return refused ?? granted(context);
    }
    case 'refresh_token': {
      if (said('client_id') !== options.clientId) return refuse('invalid_client_id', 'client identifier invalid');
      const isKnown = options.refreshToken !== null && said('refresh_token') === options.refreshToken;
      return isKnown ? granted(context) : refuse('invalid_grant', 'expired access/refresh token');
    }
    case JWT_GRANT: {
      const problem = problemWith(context, said('assertion'));
      return problem === null ? granted(context) : refuse('invalid_grant', problem);
    }
    default:
      return refuse('unsupported_grant_type', 'grant type not supported');
  }
}

/**
 * Ends a token.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm
 */
export function answerRevoke({ tokens }: OAuthContext, body: string): Answer {
  const { token } = parse(body);
  if (typeof token !== 'string' || !tokens.isGood(token)) return refuse('invalid_token', 'invalid token');
  tokens.revoke(token);
  return emptyAnswer(200);
}

function refusedClient(options: OrgOptions, id: string, secret: string): Answer | null {
  if (id !== options.clientId) return refuse('invalid_client_id', 'client identifier invalid');
  return secret === options.clientSecret ? null : refuse('invalid_client', 'invalid client credentials');
}

function granted({ tokens, ids, origin, clock }: OAuthContext): Answer {
  return jsonAnswer({
    ...{ access_token: tokens.issue(), signature: 'bG9jYWw=', scope: 'api', instance_url: origin },
    id: `${origin}/id/${ids.organization}/${ids.integrationUser}`,
    ...{ token_type: 'Bearer', issued_at: String(clock()) },
  });
}

function refuse(error: string, description: string): Answer {
  return jsonAnswer({ error, error_description: description }, 400);
}

const claims = z.object({ iss: z.string(), sub: z.string(), aud: z.string(), exp: z.coerce.number() });
const header = z.object({ alg: z.literal('RS256') });

/** Why an assertion is no good; `null` when it is. */
function problemWith({ options, clock, origin }: OAuthContext, assertion: string): string | null {
  const [head = '', payload = '', signature = ''] = assertion.split('.');
  const said = claims.safeParse(decoded(payload));
  if (!header.safeParse(decoded(head)).success || !said.success) return 'invalid assertion';
  const { iss, sub, aud, exp } = said.data;
  if (iss !== options.clientId) return 'client identifier invalid';
  const audience = options.isSandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
  if (aud !== audience && aud !== origin) return 'audience is invalid';
  const seconds = clock() / 1000;
  if (exp <= seconds) return 'expired authorization code';
  // "The validity must be a timestamp within 3 minutes", with some leeway for clocks.
  if (exp > seconds + 300) return 'invalid assertion';
  if (sub !== options.username) return "user hasn't approved this consumer";
  if (options.publicKey === null) return 'invalid assertion';
  const verify = createVerify('RSA-SHA256').update(`${head}.${payload}`);
  return verify.verify(options.publicKey, signature, 'base64url') ? null : 'invalid assertion';
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}

function basicOf(authorization: string | undefined): Record<string, string> {
  const [, encoded] = /^Basic (.+)$/.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return {};
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return { client_id: id, client_secret: secret };
}
