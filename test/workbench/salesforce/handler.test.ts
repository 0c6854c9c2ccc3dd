import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { startClient } from './client.ts';

describe('the local Salesforce under the port of somebody else', () => {
  it('answers what is for it, leaves the rest alone, and names the address that it was reached by', async (t) => {
    const { sf } = await startClient(t);
    const server = createServer(async (request, response) => {
      if (!(await sf.handler(request, response))) response.end('not for Salesforce');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const origin = `http://127.0.0.1:${address.port}`;
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: sf.options.clientId, client_secret: sf.options.clientSecret },
    });
    const granted = await (await fetch(`${origin}/services/oauth2/token`, { method: 'POST', body })).json();
    assert.equal(new Map(Object.entries(Object(granted))).get('instance_url'), origin);
    assert.equal(await (await fetch(`${origin}/control/workspace`)).text(), 'not for Salesforce');
    assert.equal(await (await fetch(`${origin}/`)).text(), 'not for Salesforce');
  });

  it('says which port is taken', async (t) => {
    const { sf } = await startClient(t);
    await assert.rejects(startLocalSalesforce({ port: Number(new URL(sf.url).port) }), { code: 'port_taken' });
  });
});
