import type { CrmConnection } from '../../compose/crm/connect-crm.ts';
import type { Crm, CrmOrg } from '../../connectors/crm.ts';
import { scoredObjects } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { orgInWords, orgWithId } from '../../icp/org-in-words.ts';
import { type Check, ok } from './check.ts';
import { type CrmWanted, leadStatusChecks, readingChecks } from './reading-checks.ts';

const readme = 'salesforce/README.md has the steps';

/** A publication of 50,000 accounts takes about 25 calls; with fewer than this left it may not come to its end. */
const enoughCalls = 200;

/** Whether Salesforce can be reached, as whom, how many calls are left, which fields it lacks and what it does not show. */
export async function salesforceChecks(
  connect: () => Promise<CrmConnection | null>,
  wanted: () => Promise<CrmWanted>,
): Promise<Check[]> {
  const name = 'Salesforce';
  let connection: CrmConnection | null = null;
  try {
    connection = await connect();
    if (connection === null) {
      const fix = `set SF_LOGIN_URL, SF_CLIENT_ID and SF_CLIENT_SECRET to connect it; ${readme}`;
      return [{ name, state: 'off', what: 'none is connected', fix }];
    }
    const { crm } = connection;
    const org = await crm.org();
    const { mapping, statuses } = await wanted();
    return [
      ...[signedIn(name, org), await callsCheck(crm), ...(await fieldChecks(crm))],
      ...[...(await readingChecks(crm, mapping)), ...(await leadStatusChecks(crm, statuses, orgInWords(org)))],
    ];
  } catch (error) {
    if (!(error instanceof IcpError)) throw error;
    const fix =
      error.code === 'crm_retry' ? 'check SF_LOGIN_URL and the network, then run lodestar doctor again' : readme;
    return [{ name, state: 'failed', what: error.message, fix }];
  } finally {
    connection?.close();
  }
}

function signedIn(name: string, org: CrmOrg): Check {
  return ok(name, `signed in to ${orgWithId(org)} at ${org.url}`);
}

async function callsCheck({ writer }: Crm): Promise<Check> {
  const { most, left } = await writer.budget();
  const name = 'Salesforce calls';
  const what = `${left.toLocaleString('en')} of ${most.toLocaleString('en')} are left of this day`;
  if (left >= enoughCalls) return ok(name, what);
  return { name, state: 'missing', what, fix: 'wait until calls of yesterday run out, or have the limit raised' };
}

/** What is missing, gathered by its remedy so that twenty fields are one line. */
async function fieldChecks({ writer }: Crm): Promise<Check[]> {
  const missing = await writer.missing(scoredObjects);
  if (missing.length === 0) return [ok('Salesforce fields', `all are there on ${scoredObjects.join(', ')}`)];
  return [...Map.groupBy(missing, ({ how }) => how)].map(
    ([fix, lacks]): Check => ({
      ...{ name: 'Salesforce fields', state: 'missing', fix },
      what: lacks.map(({ what }) => what).join('; '),
    }),
  );
}
