import { sign } from 'node:crypto';
import { SalesforceError } from './errors.ts';

/** Salesforce takes an assertion for at most three minutes. */
const life = 180;

/**
 * The signed statement by which the app says for whom it signs in: RS256, three minutes.
 *
 * @param now milliseconds since 1970
 * @throws {SalesforceError} `crm_signed_out` when the key cannot sign
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm
 */
export function assertionOf(
  { loginUrl, clientId, username, privateKey }: Record<'loginUrl' | 'clientId' | 'username' | 'privateKey', string>,
  now: number,
): string {
  const claims = { iss: clientId, sub: username, aud: audienceOf(loginUrl), exp: Math.floor(now / 1000) + life };
  const text = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  try {
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  } catch (cause) {
    throw new SalesforceError(
      'crm_signed_out',
      'signing in to Salesforce needs an RSA private key in PEM, and the file has none; set SF_PRIVATE_KEY_FILE to the key whose certificate the External Client App has',
      { cause },
    );
  }
}

/**
 * Whom the statement is for: the login server of the kind of org, or the address itself where it is neither. Sandboxes have
 * theirs in common with scratch orgs; one from before enhanced domains shows by the two hyphens of its name.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.domain_name_url_formats.htm
 * @example audienceOf('https://acme--uat.sandbox.my.salesforce.com'); // => 'https://test.salesforce.com'
 * @example audienceOf('https://fox-1234.scratch.my.salesforce.com'); // => 'https://test.salesforce.com'
 */
export function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (!hostname.endsWith('.my.salesforce.com')) return origin;
  const isTest = /\.(?:sandbox|scratch)\.my\.salesforce\.com$|^[^.]*--/.test(hostname);
  return isTest ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}
