import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { App, LogLevel } from '@slack/bolt';
import { startWorkbench } from '../../src/workbench/server.ts';
import { COMPANY, startBolt } from '../support/bolt-fixture.ts';

describe('Socket Mode', () => {
  it('is joined again by the app after Slack asked it to leave, and commands work again', async () => {
    const { workbench, stop } = await startBolt((app) => {
      app.command('/echo', ({ ack }) => ack('back again'));
    });
    const hellos = () => workbench.traffic().filter((entry) => entry.name === 'hello').length;
    try {
      assert.equal(hellos(), 1);
      workbench.disconnect('asked');
      await workbench.waitFor(() => workbench.connected() === 0, 4000);
      // The client waits five seconds before it reconnects.
      await workbench.waitFor(() => hellos() === 2, 15_000);
      await workbench.command('U0DANA', 'C0ICP', '/echo');
      assert.equal(workbench.messages('C0ICP', 'U0DANA').at(-1)?.text, 'back again');
    } finally {
      await stop();
    }
  });

  it('delivers each envelope to exactly one of two connections, in turn', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    const heard: string[] = [];
    const apps = ['first', 'second'].map((name) => {
      const app = new App({
        token: workbench.botToken,
        appToken: workbench.appToken,
        socketMode: true,
        logLevel: LogLevel.ERROR,
        clientOptions: { slackApiUrl: workbench.apiUrl },
      });
      app.command('/echo', async ({ ack }) => {
        heard.push(name);
        await ack();
      });
      return app;
    });
    try {
      for (const app of apps) await app.start();
      assert.equal(workbench.connected(), 2);
      for (const _ of [1, 2, 3, 4]) await workbench.command('U0DANA', 'C0ICP', '/echo');
      assert.deepEqual(heard, ['first', 'second', 'first', 'second']);
    } finally {
      for (const app of apps) await app.stop();
      await workbench.waitFor(() => workbench.connected() === 0);
      await workbench.close();
    }
  });

  it('lets nobody in without a fresh ticket', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    const join = (url: string) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url);
        socket.onmessage = (event) => {
          socket.close();
          resolve(JSON.parse(String(event.data)).type);
        };
        socket.onerror = () => resolve('refused');
      });
    try {
      const opening = await fetch(`${workbench.apiUrl}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${workbench.appToken}` },
      });
      const { url } = JSON.parse(await opening.text());
      assert.equal(await join(url), 'hello');
      assert.equal(await join(url), 'refused', 'a ticket is good once');
    } finally {
      await workbench.close();
    }
  });
});

describe('the fault plan', () => {
  it('answers 429 with Retry-After, which the official client waits out', async () => {
    const refuse = [{ method: 'chat.postMessage', status: 429, retryAfterSeconds: 1, times: 1 }];
    const { workbench, app, stop } = await startBolt(() => undefined, { faults: { refuse } });
    try {
      await app.client.chat.postMessage({ channel: 'C0ICP', text: 'in the end' });
      const calls = workbench.traffic().filter((entry) => entry.name === 'chat.postMessage');
      assert.deepEqual(
        calls.map((call) => call.outcome),
        ['failed', 'ok'],
      );
      assert.ok((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0) >= 1000, 'the client waits for as long as it was told');
    } finally {
      await stop();
    }
  });

  it('can refuse with any error, and with a server error', async () => {
    const { workbench, app, stop } = await startBolt(() => undefined);
    try {
      workbench.plan({ refuse: [{ method: 'users.info', status: 200, error: 'account_inactive', times: 1 }] });
      await assert.rejects(app.client.users.info({ user: 'U0DANA' }), /account_inactive/);
      assert.equal((await app.client.users.info({ user: 'U0DANA' })).ok, true);
      workbench.plan({ refuse: [{ method: '*', status: 503, times: 1 }] });
      const answer = await fetch(`${workbench.apiUrl}auth.test`, { method: 'POST' });
      assert.equal(answer.status, 503);
    } finally {
      await stop();
    }
  });
});
