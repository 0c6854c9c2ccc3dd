import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { startWorkbench } from '../../src/workbench/server.ts';
import { COMPANY, startBolt } from '../support/bolt-fixture.ts';

describe('the workbench server', () => {
  it('says which port is taken and how to choose another', async () => {
    const first = await startWorkbench({ port: 0, workspace: COMPANY });
    try {
      const port = Number(new URL(first.url).port);
      await assert.rejects(startWorkbench({ port, workspace: COMPANY }), {
        code: 'port_taken',
        message: new RegExp(`port ${port} on 127.0.0.1.*PORT=${port + 1}`),
      });
    } finally {
      await first.close();
    }
  });

  it('answers a method it does not have with 200 and shows it in the traffic', async () => {
    const { workbench, app, stop } = await startBolt(() => undefined);
    try {
      await assert.rejects(app.client.apiCall('pins.list'), /unknown_method/);
      const response = await fetch(`${workbench.apiUrl}pins.list`, {
        method: 'POST',
        headers: { authorization: 'Bearer xoxb-x' },
      });
      assert.equal(response.status, 200);
      assert.equal(JSON.parse(await response.text()).error, 'unknown_method');
      const entry = workbench.traffic().findLast((one) => one.name === 'pins.list');
      assert.equal(entry?.outcome, 'failed');
      assert.match(entry?.note ?? '', /does not have this method/);
    } finally {
      await stop();
    }
  });

  it('wants the right kind of token', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    const call = async (method: string, token?: string) => {
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      const answer = await fetch(`${workbench.apiUrl}${method}`, { method: 'POST', headers });
      return JSON.parse(await answer.text()).error;
    };
    try {
      assert.equal(await call('auth.test'), 'not_authed');
      assert.equal(await call('auth.test', 'nonsense'), 'invalid_auth');
      assert.equal(await call('auth.test', workbench.appToken), 'not_allowed_token_type');
      assert.equal(await call('apps.connections.open', workbench.botToken), 'not_allowed_token_type');
      assert.equal(await call('api.test'), undefined);
    } finally {
      await workbench.close();
    }
  });

  it('answers only to names of this machine, and to no page of another site', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    const status = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        const asked = request(`${workbench.url}control/workspace`, { headers }, (response) =>
          resolve(response.resume().statusCode),
        );
        asked.on('error', reject);
        asked.end();
      });
    try {
      assert.equal(await status({}), 200);
      assert.equal(await status({ host: 'evil.test' }), 403);
      assert.equal(await status({ origin: 'https://evil.test' }), 403);
      assert.equal(await status({ origin: 'null' }), 403);
    } finally {
      await workbench.close();
    }
  });

  it('serves the page from its own files, under a policy that runs nothing else', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    const get = (path: string) => fetch(new URL(path, workbench.url));
    try {
      const page = await get('/');
      assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self';/);
      const html = await page.text();
      const files = [...html.matchAll(/(?:href|src)="(\/page\/[^"]+)"/g)].map((match) => match[1] ?? '');
      assert.ok(files.length >= 7);
      for (const file of files) assert.equal((await get(file)).status, 200, file);
      assert.doesNotMatch(html, /https?:\/\//, 'the page works without a network');
      assert.equal((await get('/page/..%2Fserver.ts')).status, 404);
      assert.equal((await get('/nothing')).status, 404);
      assert.equal((await get('/control/nothing')).status, 400);
    } finally {
      await workbench.close();
    }
  });

  it('tells watching pages of changes', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    try {
      const changes = await fetch(new URL('/control/changes', workbench.url));
      const reader = changes.body!.getReader();
      const next = async () => new TextDecoder().decode((await reader.read()).value);
      const first = await next();
      await workbench.say('U0DANA', 'C0ICP', 'hello');
      assert.notEqual(await next(), first);
      await reader.cancel();
    } finally {
      await workbench.close();
    }
  });
});
