import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectCrm } from '../../../src/compose/crm/connect-crm.ts';
import { readConfig } from '../../../src/config.ts';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';

const deps = { log: { debug: () => undefined, warn: () => undefined }, now: Date.now };

describe('connectCrm', () => {
  it('connects to nothing where nothing is named', async () => {
    assert.equal(await connectCrm(readConfig({}), deps), null);
  });

  it('connects to the org that the environment names', async () => {
    const local = await startLocalSalesforce();
    const { clientId, clientSecret, name } = local.options;
    const env = { SF_LOGIN_URL: local.url, SF_CLIENT_ID: clientId, SF_CLIENT_SECRET: clientSecret };
    const found = await connectCrm(readConfig(env), deps);
    assert.equal((await found?.crm.org())?.name, name);
    found?.close();
    await local.close();
  });

  it('says which file has to hold the key where it cannot be read', async () => {
    const env = { SF_LOGIN_URL: 'https://acme.my.salesforce.com', SF_CLIENT_ID: 'key', SF_USERNAME: 'l@acme.example' };
    const config = readConfig({ ...env, SF_PRIVATE_KEY_FILE: '/nowhere/key.pem' });
    await assert.rejects(connectCrm(config, deps), {
      code: 'crm_signed_out',
      message: /\/nowhere\/key\.pem.*SF_PRIVATE_KEY_FILE/,
    });
  });
});
