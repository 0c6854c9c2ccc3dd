import { z } from 'zod';
import type { Crm } from '../crm.ts';
import { createDescribes } from './describes.ts';
import { SalesforceError } from './errors.ts';
import { isLoopback } from './hosts.ts';
import { createReader } from './reader.ts';
import { openSession } from './session.ts';
import type { SalesforceDeps, SalesforceSettings } from './settings.ts';
import { createWriter } from './writer.ts';

const orgSchema = z.object({
  records: z.array(z.object({ Id: z.string(), Name: z.string(), IsSandbox: z.boolean() })),
});

/**
 * Salesforce as a CRM. It signs in when it is first asked something.
 *
 * Whatever goes wrong is an `IcpError` whose code says what to do: `crm_retry` (again later; it was already asked several
 * times), `crm_limit` (pause until calls are left), `crm_signed_out` (the credentials), `crm_stop` (a person must act).
 */
export function openSalesforce(settings: SalesforceSettings, deps: SalesforceDeps): Crm & { close(): void } {
  const session = openSession(settings, deps);
  const describes = createDescribes(session);
  const { bulkAbove, jobPage = 50_000 } = deps;
  return {
    async org() {
      const soql = 'SELECT Id, Name, IsSandbox FROM Organization LIMIT 1';
      const { records } = await session.ask(orgSchema, { path: `/query?q=${encodeURIComponent(soql)}` });
      const { instanceUrl } = await session.identity();
      const [org] = records;
      if (org === undefined)
        throw new SalesforceError('crm_stop', 'the org does not say which it is; let this user read Organization');
      const setting = isLoopback(settings.loginUrl) ? 'local' : org.IsSandbox ? 'sandbox' : 'production';
      return { id: org.Id, name: org.Name, setting, url: instanceUrl };
    },
    ourId: async () => (await session.identity()).userId,
    reader: createReader(session, describes, {
      ...{ orderedBulkAbove: bulkAbove ?? 20_000, bulkAbove: bulkAbove ?? 2_000, jobPage },
    }),
    writer: createWriter(session, describes),
    close: session.close,
  };
}
