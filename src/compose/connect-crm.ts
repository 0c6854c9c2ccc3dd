import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Crm } from '../connectors/crm.ts';
import { openSalesforce } from '../connectors/salesforce/open-salesforce.ts';
import type { SalesforceDeps } from '../connectors/salesforce/settings.ts';
import { IcpError } from '../errors.ts';

/**
 * The CRM that the environment names; `null` where it names none. It signs in when it is first asked something.
 *
 * @throws {IcpError} `crm_signed_out` when the private key cannot be read
 */
export function connectCrm(
  { salesforce }: Pick<Config, 'salesforce'>,
  deps: SalesforceDeps,
): (Crm & { close(): void }) | null {
  if (salesforce.kind === 'none') return null;
  const { loginUrl, clientId } = salesforce;
  if (salesforce.kind === 'client credentials') {
    const { kind, clientSecret } = salesforce;
    return openSalesforce({ loginUrl, auth: { kind, clientId, clientSecret } }, deps);
  }
  const { kind, username, privateKeyFile } = salesforce;
  return openSalesforce({ loginUrl, auth: { kind, clientId, username, privateKey: keyIn(privateKeyFile) } }, deps);
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
