import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { App, RespondFn } from '@slack/bolt';
import { startBolt } from '../support/bolt-fixture.ts';

const BUTTONS = [
  {
    type: 'actions' as const,
    block_id: 'decide',
    elements: [
      {
        type: 'button' as const,
        action_id: 'accept',
        value: 'a1',
        text: { type: 'plain_text' as const, text: 'Accept' },
      },
      {
        type: 'static_select' as const,
        action_id: 'snooze',
        options: ['day', 'week'].map((value) => ({ value, text: { type: 'plain_text' as const, text: value } })),
      },
    ],
  },
];

async function post(app: App) {
  const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0ICP', text: 'Decide', blocks: BUTTONS });
  return ts;
}

describe('a press', () => {
  it('reaches the action with its value, and the message changes for everybody', async () => {
    const { workbench, app, stop } = await startBolt((bolt) => {
      bolt.action('accept', async ({ ack, body, action, client }) => {
        await ack();
        assert.equal(body.type, 'block_actions');
        const value = 'value' in action ? action.value : '';
        const ts = 'message' in body ? (body.message?.ts ?? '') : '';
        await client.chat.update({ channel: 'C0ICP', ts, text: `${body.user.id} took ${value}`, blocks: [] });
      });
    });
    try {
      const ts = await post(app);
      assert.equal(await workbench.press('U0RITA', ts, 'accept'), true);
      await workbench.waitFor(() => workbench.messages('C0ICP', 'U0SAM')[0]?.text === 'U0RITA took a1');
      assert.equal(workbench.messages('C0ICP', 'U0SAM')[0]?.blocks, undefined);
    } finally {
      await stop();
    }
  });

  it('on a menu carries the option that was picked', async () => {
    const picked: unknown[] = [];
    const states: unknown[] = [];
    const { workbench, app, stop } = await startBolt((bolt) => {
      bolt.action('snooze', async ({ ack, action }) => {
        picked.push('selected_option' in action ? action.selected_option : null);
        await ack();
      });
      bolt.action('accept', async ({ ack, body }) => {
        states.push('state' in body && typeof body.state === 'object' ? body.state.values : null);
        await ack();
      });
    });
    try {
      const ts = await post(app);
      await workbench.press('U0RITA', ts, 'snooze', 'week');
      await workbench.press('U0RITA', ts, 'accept');
      const week = { value: 'week', text: { type: 'plain_text', text: 'week' } };
      assert.deepEqual(picked, [week]);
      assert.deepEqual(states, [{ decide: { snooze: { type: 'static_select', selected_option: week } } }]);
    } finally {
      await stop();
    }
  });

  it('that is not acknowledged in time says so in the message, until a press is', async () => {
    let late = true;
    const { workbench, app, stop } = await startBolt(
      (bolt) => {
        bolt.action('accept', async ({ ack }) => {
          if (!late) await ack();
        });
      },
      { faults: { acknowledgeWithinMs: 60 } },
    );
    try {
      const ts = await post(app);
      assert.equal(await workbench.press('U0RITA', ts, 'accept'), false);
      assert.match(workbench.messages('C0ICP', 'U0RITA')[0]?.failure ?? '', /Helper did not respond/);
      late = false;
      assert.equal(await workbench.press('U0RITA', ts, 'accept'), true);
      assert.equal(workbench.messages('C0ICP', 'U0RITA')[0]?.failure, undefined);
    } finally {
      await stop();
    }
  });

  it('in an ephemeral message has no message but a response_url that replaces it', async () => {
    const { workbench, app, stop } = await startBolt((bolt) => {
      bolt.action('accept', async ({ ack, body, respond }) => {
        await ack();
        await respond({ replace_original: true, text: 'message' in body && body.message ? 'had one' : 'had none' });
      });
    });
    try {
      await app.client.chat.postEphemeral({ channel: 'C0ICP', user: 'U0RITA', text: 'Decide', blocks: BUTTONS });
      const ts = workbench.messages('C0ICP', 'U0RITA')[0]?.ts ?? '';
      await assert.rejects(workbench.press('U0SAM', ts, 'accept'), { code: 'usage' });
      await workbench.press('U0RITA', ts, 'accept');
      await workbench.waitFor(() => workbench.messages('C0ICP', 'U0RITA')[0]?.text === 'had none');
      assert.equal(workbench.messages('C0ICP', 'U0RITA').length, 1);
    } finally {
      await stop();
    }
  });
});

describe('a response_url', () => {
  it('works five times within thirty minutes, and bad blocks do not count', async () => {
    let now = 1_800_000_000_000;
    const kept: RespondFn[] = [];
    const { workbench, stop } = await startBolt(
      (bolt) => {
        bolt.command('/echo', async ({ ack, respond }) => {
          kept.push(respond);
          await ack();
        });
      },
      { clock: () => now },
    );
    try {
      await workbench.command('U0DANA', 'C0ICP', '/echo');
      await workbench.command('U0DANA', 'C0ICP', '/echo');
      const [respond, other] = kept;
      const header = { type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } };
      await assert.rejects(respond!({ blocks: [header] }), /400/);
      for (const n of [1, 2, 3, 4, 5]) await respond!(`answer ${n}`);
      await assert.rejects(respond!('answer 6'), /404/);
      assert.equal(workbench.messages('C0ICP', 'U0DANA').length, 5);
      now += 30 * 60_000 + 1;
      await assert.rejects(other!('too late'), /404/);
    } finally {
      await stop();
    }
  });
});
