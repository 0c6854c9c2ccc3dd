import { IcpError } from '../../errors.ts';

const salesforceHosts = ['login.salesforce.com', 'test.salesforce.com', '.my.salesforce.com'];
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether an address is on this machine.
 *
 * @example isLoopback('http://127.0.0.1:3000/salesforce'); // => true
 */
export function isLoopback(address: string): boolean {
  return URL.canParse(address) && loopback.has(new URL(address).hostname);
}

/**
 * Refuses to speak to anyone but Salesforce: an address comes with the answers too, and a token goes with every request.
 *
 * This machine is allowed only where the org itself is on it. Everything else is https.
 *
 * @param hosts further hosts, by their ends
 * @throws {IcpError} `crm_stop`
 */
export function guardHost(address: string, loginUrl: string, hosts: readonly string[] = []): void {
  const { protocol, hostname } = new URL(address);
  if (loopback.has(hostname) && isLoopback(loginUrl)) return;
  const isKnown = [...salesforceHosts, ...hosts].some((host) =>
    host.startsWith('.') ? hostname.endsWith(host) : hostname === host,
  );
  if (isKnown && protocol === 'https:') return;
  throw new IcpError(
    'crm_stop',
    `Salesforce is spoken to at https://…my.salesforce.com only, and the address was ${protocol}//${hostname}; set SF_LOGIN_URL to the org's My Domain address`,
  );
}
