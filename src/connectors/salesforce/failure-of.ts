import { z } from 'zod';
import { type Complaint, SalesforceError, type SalesforceFailure } from './errors.ts';
import type { Answer } from './send.ts';

const complaintSchema = z.object({
  message: z.string().catch(''),
  errorCode: z.string(),
  fields: z.array(z.string()).catch([]),
});
const complaintsSchema = z.union([z.array(complaintSchema), complaintSchema.transform((one) => [one])]);
const tokenComplaintSchema = z.object({ error: z.string(), error_description: z.string().catch('') });

/** 401 answers that a new token does not change. */
const notOfTheToken = ['Connected app is not attached to Agent', 'This session is not valid for use with the REST API'];

/** What a person does about complaints that no retry mends. */
const remedies: Readonly<Record<string, string>> = {
  INVALID_FIELD:
    'a field is not there or this user may not see it: deploy the folder salesforce/ and assign the permission set Lodestar',
  INVALID_TYPE: 'an object is not there or this user may not see it: assign the permission set Lodestar',
  INSUFFICIENT_ACCESS_OR_READONLY: 'this user may not do that: assign the permission set Lodestar',
  INSUFFICIENT_ACCESS: 'this user may not do that: assign the permission set Lodestar',
  API_CURRENTLY_DISABLED: 'switch the API on for the org',
  API_DISABLED_FOR_ORG: 'switch the API on for the org, or let this user use it',
  QUERY_TOO_COMPLICATED:
    'the fields are too many or their formulas too long for one query: take some, formulas first, out of the mapping or out of what this user sees',
  FUNCTIONALITY_NOT_ENABLED: 'switch the feature on for the org, or let this user use it',
  TXN_SECURITY_METERING_ERROR: 'a transaction security policy of the org stands against it: exempt this user from it',
  INVALID_GRANT: 'look at the user and the app that it signs in with',
};

/** What a person does about a sign-in that was refused. */
const signInRemedies: Readonly<Record<string, string>> = {
  invalid_client_id: 'set SF_CLIENT_ID to the consumer key of the External Client App',
  invalid_client: 'set SF_CLIENT_ID and SF_CLIENT_SECRET to the consumer key and secret of the External Client App',
  invalid_grant:
    'switch the flow on for the External Client App, and give it a user that is active and may use the app',
  inactive_user: 'activate the user, or give the app another one',
  inactive_org: 'the org is locked or closed: ask Salesforce',
  unsupported_grant_type: 'switch the client credentials or the JWT bearer flow on for the External Client App',
  invalid_app_access: 'let the user use the app: assign its permission set or profile to the app policy',
};

/** The complaints of an answer, in whichever of its two shapes. */
export function complaintsOf(body: unknown): readonly Complaint[] {
  const known = complaintsSchema.safeParse(body);
  if (known.success) return known.data.map(({ errorCode, message, fields }) => ({ code: errorCode, message, fields }));
  const token = tokenComplaintSchema.safeParse(body);
  if (token.success) return [{ code: token.data.error, message: token.data.error_description, fields: [] }];
  return [];
}

/**
 * What is wrong with an answer, as the error to throw; `null` for one that can be read.
 *
 * A page of HTML is a failure even when it comes with 200: that is what maintenance looks like.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 * @see https://help.salesforce.com/s/articleView?id=000386264 for 414 and 431
 */
export function failureOf({ status, headers, body }: Answer): SalesforceError | null {
  const type = headers.get('content-type') ?? '';
  const isData = /^(application\/json|text\/csv)/.test(type);
  const failed = (code: SalesforceFailure, words: string, complaints: readonly Complaint[] = []) =>
    new SalesforceError(code, words, { status, complaints, outcome: mayHaveBeenDone(status) ? 'unknown' : 'refused' });
  if (status >= 200 && status < 300) {
    if (isData || body.length === 0) return null;
    return failed(
      'crm_retry',
      'Salesforce answered with a page instead of data, as it does in maintenance; try again later',
    );
  }
  if (status < 400) {
    const place = headers.get('location') ?? '';
    const host = URL.canParse(place) ? new URL(place).hostname : 'another address';
    return failed('crm_stop', `Salesforce sent us on to ${host}; set SF_LOGIN_URL to the org's My Domain address`);
  }
  const complaints = complaintsOf(jsonOf(body));
  const said = complaints.map(({ code, message }) => `${code}: ${shortened(message)}`).join('; ');
  const has = (code: string) => complaints.some((complaint) => complaint.code === code);
  if (has('REQUEST_LIMIT_EXCEEDED'))
    return failed(
      'crm_limit',
      'the org has used up its API calls; Lodestar goes on when calls are left again, or raise the limit of the org',
      complaints,
    );
  if (status === 401)
    return failed('crm_signed_out', `Salesforce refused the session (${said || 'no reason given'})`, complaints);
  // From the web server in front, or from one between, with a page: no retry makes the call shorter.
  if (status === 414 || status === 431)
    return failed(
      'crm_stop',
      `the query is too long for Salesforce, which takes 16,384 bytes of address and headers, or for a proxy before it (status ${status}); take fields out of the mapping or out of what this user sees, or let the proxy take longer calls`,
      complaints,
    );
  if ([406, 420, 429].includes(status) || status >= 500 || complaints.length === 0 || has('SERVER_UNAVAILABLE'))
    return failed(
      'crm_retry',
      `Salesforce could not answer just now (${said || `status ${status}`}); try again later`,
      complaints,
    );
  const signIn = complaints.map(({ code }) => signInRemedies[code]).find((remedy) => remedy !== undefined);
  if (signIn !== undefined)
    return failed('crm_signed_out', `Salesforce refused to sign Lodestar in (${said}); ${signIn}`, complaints);
  const remedy = complaints.map(({ code }) => remedies[code]).find((known) => known !== undefined);
  return failed(
    'crm_stop',
    `Salesforce refused the request (${said}); ${remedy ?? 'a person has to look at it'}`,
    complaints,
  );
}

/** Whether a new token may help: the session ran out, and not the right to have one. */
export function isExpired(error: unknown): boolean {
  return (
    error instanceof SalesforceError &&
    error.status === 401 &&
    !error.complaints.some(({ message }) => notOfTheToken.some((words) => message.includes(words)))
  );
}

/** A server that broke, or a gateway that lost patience, may have done the work before. */
function mayHaveBeenDone(status: number): boolean {
  return status < 400 || status === 500 || status === 502 || status === 504;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** Salesforce's own words are somebody else's text: one line of it, at most 300 characters. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
