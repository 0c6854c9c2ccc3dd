import { readFileSync } from 'node:fs';
import type { Config } from '../../config.ts';
import type { Crm } from '../../connectors/crm.ts';
import type { SalesforceDeps, SalesforceSettings } from '../../connectors/salesforce/settings.ts';
import { IcpError } from '../../errors.ts';

/** A CRM of one's own: whoever connected it closes it, and nobody who borrows the CRM can. */
export interface CrmConnection {
  crm: Crm;
  close(): void;
}

/**
 * The CRM that the environment names; `null` where it names none. It signs in when it is first asked something.
 *
 * The client is loaded only where there is something to connect to: it takes half a second.
 *
 * @throws {IcpError} `crm_signed_out` when the private key cannot be read
 */
export async function connectCrm(
  { salesforce }: Pick<Config, 'salesforce'>,
  deps: SalesforceDeps,
): Promise<CrmConnection | null> {
  if (salesforce.kind === 'none') return null;
  const settings: SalesforceSettings = { loginUrl: salesforce.loginUrl, auth: authOf(salesforce) };
  const { openSalesforce } = await import('../../connectors/salesforce/open-salesforce.ts');
  const crm = openSalesforce(settings, deps);
  return { crm, close: () => crm.close() };
}

function authOf(salesforce: Exclude<Config['salesforce'], { kind: 'none' }>): SalesforceSettings['auth'] {
  const { clientId } = salesforce;
  if (salesforce.kind === 'client credentials')
    return { kind: salesforce.kind, clientId, clientSecret: salesforce.clientSecret };
  const { username, privateKeyFile } = salesforce;
  return { kind: 'jwt', clientId, username, privateKey: keyIn(privateKeyFile) };
}

function keyIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new IcpError(
      'crm_signed_out',
      `signing in to Salesforce needs the private key in ${file}, and it cannot be read; correct SF_PRIVATE_KEY_FILE`,
      { cause },
    );
  }
}
