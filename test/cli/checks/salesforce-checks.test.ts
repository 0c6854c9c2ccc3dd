import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { salesforceChecks } from '../../../src/cli/checks/salesforce-checks.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { IcpError } from '../../../src/errors.ts';
import { type Came, rawSalesforce, silent } from '../../connectors/salesforce/raw-salesforce.ts';

const nothingSet = async () => ({ mapping: null, statuses: [] });

/** What the doctor says of a server that answers so. */
async function saidOf(answer: (came: Came) => unknown) {
  const server = await rawSalesforce(answer);
  const auth = { kind: 'client credentials', clientId: 'key', clientSecret: 'secret' } as const;
  const deps = { log: silent, now: Date.now, retries: 0 };
  try {
    const crm = openSalesforce({ loginUrl: server.url, auth }, deps);
    return await salesforceChecks(async () => ({ crm, close: () => crm.close() }), nothingSet);
  } finally {
    await server.close();
  }
}

const records = [{ Id: '00D000000000001AAA', Name: 'Acme', IsSandbox: true }];

describe('what the doctor says of Salesforce', () => {
  it('is that it is off where none is set up, with how to set it up', async () => {
    const [check] = await salesforceChecks(async () => null, nothingSet);
    assert.deepEqual([check?.name, check?.state], ['Salesforce', 'off']);
    assert.match(check?.fix ?? '', /SF_LOGIN_URL.*salesforce\/README\.md/);
  });

  it('is which org it is, how many calls are left, and what is missing by its remedy', async () => {
    const checks = await saidOf((came) => {
      if (came.path === '/query') return came.json({ totalSize: 1, done: true, records });
      if (came.path === '/limits') return came.json({ DailyApiRequests: { Max: 100_000, Remaining: 12 } });
      return came.path.endsWith('/describe') ? came.json({ fields: [] }) : false;
    });
    assert.deepEqual(
      checks.map(({ name, state }) => [name, state]),
      [
        ['Salesforce', 'ok'],
        ['Salesforce calls', 'missing'],
        ['Salesforce fields', 'missing'],
        ['Salesforce reading', 'missing'],
        ['Salesforce reading', 'missing'],
      ],
    );
    assert.match(checks[0]?.what ?? '', /^signed in to Acme \(local, 00D000000000001AAA\)/);
    assert.match(checks[1]?.what ?? '', /^12 of 100,000 are left/);
    assert.match(checks[2]?.what ?? '', /Account\.ICP_Score__c.*Lead\.ICP_Score__c.*Contact\.ICP_Override_Reason__c/);
    assert.match(checks[2]?.fix ?? '', /deploy the folder salesforce/);
  });

  it('is what went wrong where it cannot be reached, refuses, or has no key to sign with', async () => {
    const refused = await saidOf((came) => came.json({ error: 'invalid_client', error_description: 'bad' }, 400));
    assert.deepEqual([refused.length, refused[0]?.state], [1, 'failed']);
    assert.match(refused[0]?.what ?? '', /SF_CLIENT_SECRET/);
    const busy = await saidOf((came) => came.refuse(503, 'SERVER_UNAVAILABLE'));
    assert.match(busy[0]?.fix ?? '', /check SF_LOGIN_URL/);
    const keyless = await salesforceChecks(async () => {
      throw new IcpError('crm_signed_out', 'no key');
    }, nothingSet);
    assert.deepEqual(keyless[0]?.what, 'no key');
  });
});
