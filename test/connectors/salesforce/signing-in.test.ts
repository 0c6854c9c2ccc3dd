import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { assertionOf, audienceOf } from '../../../src/connectors/salesforce/jwt.ts';
import { clientOf, rawSalesforce, tokenAnswer } from './raw-salesforce.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const limits = { DailyApiRequests: { Max: 5, Remaining: 4 } };

describe('signing in to Salesforce', () => {
  it('signs an assertion that the public key verifies, for three minutes and for the right server', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    const settings = {
      loginUrl: 'https://acme.my.salesforce.com',
      clientId: 'key',
      username: 'l@acme.example',
      privateKey,
    };
    const [head = '', claims = '', signature = ''] = assertionOf(settings, now).split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    assert.deepEqual(read(head), { alg: 'RS256', typ: 'JWT' });
    assert.deepEqual(read(claims), {
      ...{ iss: 'key', sub: 'l@acme.example', aud: 'https://login.salesforce.com', exp: now / 1000 + 180 },
    });
    assert.ok(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')));
    assert.throws(() => assertionOf({ ...settings, privateKey: 'no key' }, now), {
      ...{ code: 'crm_signed_out', message: /SF_PRIVATE_KEY_FILE/ },
    });
  });

  it('names the login server of the kind of org: a sandbox and a scratch org have another than production', () => {
    const test = [
      'test',
      'acme--uat.sandbox.my',
      'dream-fox-1234-dev-ed.scratch.my',
      'acme--uat.my',
      'acme--uat.cs42.my',
    ];
    for (const host of test)
      assert.equal(audienceOf(`https://${host}.salesforce.com/`), 'https://test.salesforce.com', host);
    for (const host of ['login', 'acme.my', 'acme-dev-ed.develop.my', 'scratch.my'])
      assert.equal(audienceOf(`https://${host}.salesforce.com/`), 'https://login.salesforce.com', host);
  });

  it('sends client credentials or an assertion, once for all who wait', async () => {
    const forms: URLSearchParams[] = [];
    const server = await rawSalesforce((came) => {
      if (came.path === '/limits') return came.json(limits);
      forms.push(new URLSearchParams(came.body));
      return came.json(tokenAnswer(server.url, 't'));
    });
    const byKey = clientOf(server.url);
    await Promise.all(Array.from({ length: 5 }, () => byKey.crm.writer.budget()));
    const auth = { kind: 'jwt', clientId: 'key', username: 'l@acme.example', privateKey } as const;
    await clientOf(server.url, {}, { auth }).crm.writer.budget();
    assert.deepEqual(Object.fromEntries(forms[0] ?? []), {
      ...{ grant_type: 'client_credentials', client_id: 'key', client_secret: 'secret' },
    });
    assert.equal(forms[1]?.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
    assert.match(forms[1]?.get('assertion') ?? '', /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.equal(forms.length, 2);
    await server.close();
  });

  it('says what to do about each refusal, and never says the secret', async () => {
    for (const [error, remedy] of [
      ['invalid_client', /SF_CLIENT_SECRET/],
      ['invalid_client_id', /SF_CLIENT_ID/],
      ['invalid_grant', /switch the flow on/],
      ['inactive_user', /activate the user/],
    ] as const) {
      const server = await rawSalesforce((came) => came.json({ error, error_description: 'no such thing' }, 400));
      const { crm } = clientOf(server.url);
      await assert.rejects(crm.writer.budget(), (thrown: Error & { code?: string }) => {
        assert.equal(thrown.code, 'crm_signed_out');
        assert.match(thrown.message, remedy);
        assert.doesNotMatch(
          `${thrown.message}${thrown.stack}${JSON.stringify(thrown)}`,
          /secret['"]?[^_]*secret|=secret/,
        );
        return true;
      });
      assert.equal(server.seen.length, 1);
      await server.close();
    }
  });

  it('waits with asking for tokens where Salesforce is in maintenance, and takes it for a thing that passes', async () => {
    const server = await rawSalesforce((came) =>
      came.response.writeHead(503, { 'content-type': 'text/html' }).end('<html>'),
    );
    const { crm } = clientOf(server.url);
    await assert.rejects(crm.writer.budget(), { code: 'crm_retry', message: /3 times within a minute.*status 503/ });
    assert.equal(server.seen.length, 3);
    await server.close();
  });

  it('says which org it is, and that one on this machine is local', async () => {
    const server = await rawSalesforce((came) => {
      const records = [{ Id: '00D000000000001AAA', Name: 'Acme', IsSandbox: false }];
      return came.path === '/query' ? came.json({ totalSize: 1, done: true, records }) : false;
    });
    const { crm } = clientOf(server.url);
    assert.deepEqual(await crm.org(), { id: '00D000000000001AAA', name: 'Acme', setting: 'local', url: server.url });
    await server.close();
  });

  it('ends what is under way when it is closed', async () => {
    const server = await rawSalesforce((came) => (came.path === '/limits' ? undefined : false));
    const { crm } = clientOf(server.url, { retries: 0 });
    const waiting = assert.rejects(crm.writer.budget(), { code: 'crm_retry', message: /was closed/ });
    while (server.count('GET /limits') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    crm.close();
    await waiting;
    await server.close();
  });
});
