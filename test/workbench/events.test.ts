import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY, startBolt } from '../support/bolt-fixture.ts';

interface Heard {
  type: string;
  ts: string;
  text: string;
  eventId: string;
  retry?: number | undefined;
  tab?: string;
  channel_type?: string;
  thread_ts?: string;
}

/** An app that writes down every event it hears. */
function listening(options: Parameters<typeof startBolt>[1] = {}) {
  const heard: Heard[] = [];
  const running = startBolt((app) => {
    app.use(async ({ body, context, next }) => {
      const { event, event_id: eventId }: { event?: Heard; event_id?: string } = JSON.parse(JSON.stringify(body));
      if (event) heard.push({ ...event, eventId: eventId ?? '', retry: context.retryNum });
      await next();
    });
  }, options);
  return { heard, running };
}

describe('an event', () => {
  it('of a mention comes twice, as app_mention and as message, with one ts and two event ids', async () => {
    const { heard, running } = listening();
    const { workbench, stop } = await running;
    try {
      await workbench.say('U0RITA', 'C0ICP', '<@U0BOT> why?');
      await workbench.waitFor(() => heard.length === 2);
      assert.deepEqual(heard.map((one) => one.type).sort(), ['app_mention', 'message']);
      assert.equal(heard[0]?.ts, heard[1]?.ts);
      assert.notEqual(heard[0]?.eventId, heard[1]?.eventId);
      assert.match(heard[0]?.ts ?? '', /^\d{10}\.\d{6}$/);
    } finally {
      await stop();
    }
  });

  it('of a direct message is message.im without a thread and without app_mention', async () => {
    const { heard, running } = listening();
    const { workbench, stop } = await running;
    try {
      await workbench.openApp('U0DANA', 'messages');
      await workbench.say('U0DANA', 'D0DANA', '<@U0BOT> hello');
      await workbench.waitFor(() => heard.length === 2);
      assert.equal(heard[0]?.type, 'app_home_opened');
      assert.equal(heard[0]?.tab, 'messages');
      assert.equal(heard[1]?.type, 'message');
      assert.equal(heard[1]?.channel_type, 'im');
      assert.equal('thread_ts' in (heard[1] ?? {}), false);
    } finally {
      await stop();
    }
  });

  it('that is not acknowledged comes again with the same event id and its attempt', async () => {
    const { heard, running } = listening({
      faults: { acknowledgeWithinMs: 60, redeliverAfterMs: [1, 1, 1], loseAcknowledgements: 3 },
    });
    const { workbench, stop } = await running;
    try {
      await workbench.say('U0RITA', 'C0ICP', 'hello');
      await workbench.waitFor(
        () => heard.length === 4 && !workbench.traffic().some((one) => one.outcome === 'waiting'),
      );
      assert.deepEqual(
        heard.map((one) => one.retry),
        [0, 1, 2, 3],
      );
      assert.equal(new Set(heard.map((one) => one.eventId)).size, 1);
      const failed = workbench.traffic().filter((entry) => entry.kind === 'delivery' && entry.outcome === 'failed');
      assert.equal(failed.length, 3);
    } finally {
      await stop();
    }
  });

  it('is delivered twice when the fault plan says so, with the same event id', async () => {
    const { heard, running } = listening({ faults: { duplicateEvents: 1 } });
    const { workbench, stop } = await running;
    try {
      await workbench.say('U0RITA', 'C0ICP', 'first');
      await workbench.say('U0RITA', 'C0ICP', 'second');
      await workbench.waitFor(() => heard.length === 3);
      const ids = (text: string) => heard.filter((one) => one.text === text).map((one) => one.eventId);
      assert.equal(ids('first').length, 2);
      assert.equal(new Set(ids('first')).size, 1);
      assert.equal(ids('second').length, 1);
    } finally {
      await stop();
    }
  });

  it('from a channel that the app is not in does not reach it, and the person is told how to invite it', async () => {
    const { heard, running } = listening();
    const { workbench, stop } = await running;
    try {
      await workbench.say('U0RITA', 'C0PLAIN', '<@U0BOT> are you there?');
      assert.match(workbench.messages('C0PLAIN', 'U0RITA')[1]?.text ?? '', /not in this channel/);
      await workbench.command('U0RITA', 'C0PLAIN', '/invite @Helper');
      await workbench.say('U0RITA', 'C0PLAIN', 'and now?');
      await workbench.waitFor(() => heard.length > 0);
      assert.deepEqual(
        heard.map((one) => one.text),
        ['and now?'],
      );
    } finally {
      await stop();
    }
  });

  it('between two people is none of the app', async () => {
    const { heard, running } = listening();
    const { workbench, app, stop } = await running;
    try {
      const secret = await workbench.say('U0DANA', 'D0DANA0SAM', 'just us');
      assert.equal(workbench.messages('D0DANA0SAM', 'U0SAM')[0]?.text, 'just us');
      assert.deepEqual(workbench.messages('D0DANA0SAM', 'U0RITA'), []);
      await assert.rejects(app.client.conversations.history({ channel: secret?.channel ?? '' }), /channel_not_found/);
      await workbench.say('U0DANA', 'C0ICP', 'all of us');
      await workbench.waitFor(() => heard.length > 0);
      assert.deepEqual(
        heard.map((one) => one.text),
        ['all of us'],
      );
    } finally {
      await stop();
    }
  });

  it('that the app did not subscribe to is not sent', async () => {
    const app = { ...COMPANY.app, events: ['app_mention'] };
    const { heard, running } = listening({ workspace: { ...COMPANY, app } });
    const { workbench, stop } = await running;
    try {
      await workbench.say('U0RITA', 'C0ICP', '<@U0BOT> why?');
      await workbench.waitFor(() => heard.length > 0);
      assert.deepEqual(
        heard.map((one) => one.type),
        ['app_mention'],
      );
    } finally {
      await stop();
    }
  });

  it('tells the app of its own messages, of edits and of reactions', async () => {
    const { running } = listening();
    const { workbench, app, stop } = await running;
    const named = (name: string) => workbench.traffic().filter((entry) => entry.name === name);
    try {
      const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0ICP', text: 'one' });
      await app.client.chat.update({ channel: 'C0ICP', ts, text: 'two' });
      workbench.toggleReaction('U0SAM', 'C0ICP', ts, 'eyes');
      await workbench.waitFor(() => named('message.channels').length === 2 && named('reaction_added').length === 1);
      const [own, change] = named('message.channels').map((entry) => JSON.stringify(entry.sent));
      assert.match(own ?? '', /"bot_id":"B0BOT"/);
      assert.match(change ?? '', /"subtype":"message_changed".*"text":"two".*"previous_message".*"text":"one"/);
    } finally {
      await stop();
    }
  });
});
