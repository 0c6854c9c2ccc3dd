import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openSlackDesk, type SlackDesk, slashCommand } from '../support/slack-desk.ts';

describe('/icp why', () => {
  let desk: SlackDesk;
  beforeEach(async () => {
    desk = await openSlackDesk();
  });
  afterEach(() => desk.stop());

  it('posts the card of the account into the channel', async () => {
    await desk.receiver.send(slashCommand(desk.slack, 'why Halden Logistics'));
    const [message, ...more] = desk.slack.callsOf('chat.postMessage');
    assert.equal(more.length, 0);
    assert.equal(message?.channel, 'C1');
    assert.equal(message?.text, 'Halden Logistics is tier 2 with a score of 49.4');
    assert.match(JSON.stringify(message?.blocks), /Is this the right kind of company\?/);
    assert.equal(message?.unfurl_links, 'false');
  });
});
