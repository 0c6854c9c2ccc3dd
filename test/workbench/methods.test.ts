import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Running, startBolt } from '../support/bolt-fixture.ts';

const stopped: unknown[] = [];
const feedback: unknown[] = [];
let running: Running;
before(async () => {
  running = await startBolt((app) => {
    app.use(async ({ payload, next }) => {
      if ('type' in payload && payload.type === 'agent_session_stopped') stopped.push(payload);
      await next();
    });
    app.action('feedback', async ({ ack, action }) => {
      feedback.push('value' in action ? action.value : null);
      await ack();
    });
    app.options('account', async ({ ack, options }) => {
      const text = { type: 'plain_text' as const, text: `${options.value} Robotics` };
      await ack({ options: [{ text, value: 'acme' }] });
    });
    app.command('/form', async ({ ack, client, command }) => {
      await ack();
      const label = { type: 'plain_text' as const, text: 'Account' };
      const element = { type: 'external_select' as const, action_id: 'account', min_query_length: 2 };
      const blocks = [{ type: 'input' as const, block_id: 'where', label, element }];
      const view = { type: 'modal' as const, title: label, submit: label, blocks };
      await client.views.open({ trigger_id: command.trigger_id, view });
    });
  });
});
after(() => running.stop());

describe('the Web API', () => {
  it('says where the app is: itself, its conversations and their members', async () => {
    const { bots, users, conversations, emoji } = running.app.client;
    assert.equal((await bots.info({ bot: 'B0BOT' })).bot?.name, 'Helper');
    const mine = await users.conversations({ types: 'public_channel,private_channel' });
    assert.deepEqual(
      mine.channels?.map((channel) => channel.name),
      ['icp', 'revops'],
    );
    assert.deepEqual((await conversations.members({ channel: 'C0OPS' })).members, ['U0DANA', 'U0BOT']);
    assert.deepEqual((await emoji.list()).emoji, {});
  });

  it('lets the app join a public channel, which its people then see', async () => {
    const { conversations, chat } = running.app.client;
    assert.equal((await conversations.info({ channel: 'C0PLAIN' })).channel?.is_member, false);
    await conversations.join({ channel: 'C0PLAIN' });
    assert.equal((await conversations.info({ channel: 'C0PLAIN' })).channel?.is_member, true);
    await chat.postMessage({ channel: '#random', text: 'hello' });
    assert.equal(running.workbench.messages('C0PLAIN', 'U0RITA').at(-1)?.text, 'hello');
    running.workbench.reset();
    assert.equal((await conversations.info({ channel: 'C0PLAIN' })).channel?.is_member, false);
    assert.deepEqual(running.workbench.messages('C0PLAIN', 'U0RITA'), []);
  });

  it('validates blocks without a token', async () => {
    const validate = async (blocks: object[]) => {
      const body = JSON.stringify({ blocks });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${running.workbench.apiUrl}blocks.validate`, { method: 'POST', headers, body });
      return JSON.parse(await answer.text());
    };
    assert.equal((await validate([{ type: 'divider' }])).ok, true);
    assert.equal((await validate([{ type: 'header' }])).error, 'invalid_blocks');
  });
});

describe('an agent session', () => {
  it('is named, marked as working, and stopped by a person', async () => {
    const { workbench, app } = running;
    const asked = await workbench.say('U0DANA', 'D0DANA', 'why?');
    const at = { channel_id: 'D0DANA', thread_ts: asked?.ts ?? '' };
    await app.client.agents.sessions.setStatus({ ...at, status: 'processing' });
    await app.client.agents.sessions.rename({ ...at, title: 'Why Acme' });
    const url = `${workbench.url}control/conversation?user=U0DANA&channel=D0DANA&thread=${at.thread_ts}`;
    const shown = JSON.parse(await (await fetch(url)).text());
    assert.deepEqual([shown.canStop, shown.title], [true, 'Why Acme']);
    await workbench.stop('U0DANA', 'D0DANA', at.thread_ts);
    assert.equal(JSON.stringify(stopped[0]).includes(`"thread_ts":"${at.thread_ts}"`), true);
  });

  it('takes feedback with the value of the button that was pressed', async () => {
    const { workbench, app } = running;
    const button = (value: string) => ({ text: { type: 'plain_text' as const, text: value }, value });
    const element = {
      type: 'feedback_buttons' as const,
      action_id: 'feedback',
      positive_button: button('good'),
      negative_button: button('bad'),
    };
    const blocks = [{ type: 'context_actions' as const, elements: [element] }];
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'D0DANA', text: 'answer', blocks });
    await workbench.press('U0DANA', ts, 'feedback', 'bad');
    await workbench.press('U0DANA', ts, 'feedback', 'good');
    assert.deepEqual(feedback, ['bad', 'good']);
  });
});

describe('an external select', () => {
  it('asks the app for options with what was typed', async () => {
    const { workbench } = running;
    await workbench.command('U0DANA', 'C0ICP', '/form');
    const [view] = await workbench.waitFor(() => workbench.modals('U0DANA').length > 0 && workbench.modals('U0DANA'));
    const body = JSON.stringify({ view: view?.id, action: 'account', text: 'Acme' });
    const answer = await fetch(`${workbench.url}control/options`, { method: 'POST', body });
    assert.deepEqual(JSON.parse(await answer.text()).options, [{ text: 'Acme Robotics', value: 'acme' }]);
  });
});
