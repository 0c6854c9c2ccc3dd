import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { askToken, connect, startClient } from './client.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function assertion(claims: Record<string, unknown>, key = privateKey): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256' })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
}

describe('OAuth of the local Salesforce', () => {
  it('gives a token for the client and its secret, and says where the org is', async (t) => {
    const { sf } = await startClient(t);
    const { status, json } = await askToken(sf, { grant_type: 'client_credentials' });
    assert.equal(status, 200);
    assert.equal(json.instance_url, sf.url);
    assert.match(json.id, /\/id\/00D\w{15}\/005\w{15}$/);
    assert.equal(json.token_type, 'Bearer');
  });

  it('refuses a wrong client, a wrong secret and an unknown way, each in its words', async (t) => {
    const { sf } = await startClient(t);
    const error = async (form: Record<string, string>) => {
      const { status, json } = await askToken(sf, form);
      return [status, json.error];
    };
    assert.deepEqual(await error({ grant_type: 'client_credentials', client_id: 'x' }), [400, 'invalid_client_id']);
    assert.deepEqual(await error({ grant_type: 'client_credentials', client_secret: 'x' }), [400, 'invalid_client']);
    assert.deepEqual(await error({ grant_type: 'password' }), [400, 'unsupported_grant_type']);
    assert.deepEqual(await error({ grant_type: 'refresh_token', refresh_token: 'x' }), [400, 'invalid_grant']);
  });

  it('checks signature, audience, time and user of an assertion', async (t) => {
    let now = Date.UTC(2026, 5, 1);
    const { sf } = await startClient(t, { clock: () => now, org: { publicKey: pem } });
    const good = {
      ...{ iss: sf.options.clientId, sub: sf.options.username, aud: 'https://test.salesforce.com' },
      exp: now / 1000 + 180,
    };
    const ask = async (claims: Record<string, unknown>, key = privateKey) => {
      const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
      const { status, json } = await askToken(sf, { grant_type, assertion: assertion(claims, key) });
      return status === 200 ? 'token' : json.error;
    };
    assert.equal(await ask(good), 'token');
    assert.equal(await ask({ ...good, aud: sf.url }), 'token');
    assert.equal(await ask({ ...good, aud: 'https://login.salesforce.com' }), 'invalid_grant');
    assert.equal(await ask({ ...good, sub: 'somebody@else.test' }), 'invalid_grant');
    assert.equal(await ask({ ...good, exp: now / 1000 + 3600 }), 'invalid_grant');
    assert.equal(await ask(good, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey), 'invalid_grant');
    now += 200_000;
    assert.equal(await ask(good), 'invalid_grant');
  });

  it('ends a token after its time, and a revoked one at once', async (t) => {
    let now = Date.UTC(2026, 5, 1);
    const first = await startClient(t, { clock: () => now, org: { tokenLifeMs: 1000 } });
    assert.equal((await first.call('GET', 'limits')).status, 200);
    now += 1000;
    const late = await first.call('GET', 'limits');
    assert.equal(late.status, 401);
    assert.deepEqual(late.json, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    const second = await connect(first.sf);
    assert.equal((await second.call('GET', 'limits')).status, 200);
    await fetch(`${first.sf.url}/services/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: second.token }),
    });
    assert.equal((await second.call('GET', 'limits')).status, 401);
  });

  it('counts requests for a token apart from calls for data', async (t) => {
    const { sf, call } = await startClient(t);
    await call('GET', 'limits');
    await call('GET', 'sobjects');
    assert.equal(sf.org.counters().tokens, 1);
    assert.equal(sf.org.counters().dataRequests, 2);
  });

  it('answers only to names of this machine', async (t) => {
    const { call } = await startClient(t);
    assert.equal((await call('GET', 'limits', undefined, { origin: 'https://example.test' })).status, 403);
  });
});
