import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import { createSlackApp, type SlackDeps } from '../../src/slack/app.ts';
import { FakeSlack } from '../support/fake-slack.ts';
import { postedTexts, slackDeps, slashCommand } from '../support/slack-desk.ts';

describe('the connection to Slack', { timeout: 20_000 }, () => {
  it('opens nothing until it is started, then answers over Socket Mode and acknowledges the envelope', async () => {
    const slack = new FakeSlack();
    await slack.listen();
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(sockets, 'listening');
    slack.answer('apps.connections.open', () => ({ ok: true, url: `ws://127.0.0.1:${portOf(sockets.address())}` }));

    const app = createSlackApp(slackDeps(slack).deps);
    assert.deepEqual(slack.calls, []);
    const connected = once(sockets, 'connection');
    const started = app.start();
    const [socket] = await connected;
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    await started;

    const acknowledged = once(socket, 'message');
    const payload = slashCommand(slack, 'why Halden');
    socket.send(JSON.stringify({ type: 'slash_commands', envelope_id: 'E1', accepts_response_payload: true, payload }));
    const [data] = await acknowledged;
    assert.equal(JSON.parse(String(data)).envelope_id, 'E1');
    await slack.called('chat.postMessage');
    assert.match(postedTexts(slack)[0] ?? '', /Halden Logistics\* is \*tier 2/);

    const left = once(socket, 'close');
    await app.stop();
    await left;
    sockets.close();
    await slack.close();
  });

  it('answers over HTTP what Slack has signed, and nothing else', async () => {
    const slack = new FakeSlack();
    await slack.listen();
    const port = await freePort();
    const connection: SlackDeps['connection'] = {
      mode: 'http',
      botToken: 'xoxb-fake',
      signingSecret: 'shh',
      port,
      apiUrl: slack.apiUrl,
    };
    const app = createSlackApp({ ...slackDeps(slack).deps, connection });
    await app.start();
    const send = (secret: string) => {
      const form = new URLSearchParams();
      for (const [key, value] of Object.entries(slashCommand(slack, 'why Halden'))) form.set(key, String(value));
      const body = form.toString();
      const at = String(Math.floor(Date.now() / 1000));
      const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
      return fetch(`http://127.0.0.1:${port}/slack/events`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': at,
          'x-slack-signature': signature,
        },
      });
    };
    assert.equal((await send('guessed')).status, 401);
    assert.deepEqual(slack.callsOf('chat.postMessage'), []);
    assert.equal((await send('shh')).status, 200);
    await slack.called('chat.postMessage');
    assert.equal(postedTexts(slack).length, 1);
    await app.stop();
    await slack.close();
  });
});

function portOf(address: ReturnType<WebSocketServer['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server.address());
  server.close();
  await once(server, 'close');
  return port;
}
