import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startBolt } from '../support/bolt-fixture.ts';

describe('a stream', () => {
  it('grows, shows its tasks, and ends with the blocks it was given', async () => {
    const { workbench, app, stop } = await startBolt(() => undefined);
    const { chat } = app.client;
    try {
      const asked = await workbench.say('U0DANA', 'D0DANA', 'why?');
      const thread_ts = asked?.ts ?? '';
      const { ts = '' } = await chat.startStream({ channel: 'D0DANA', thread_ts, markdown_text: 'Acme ' });
      await chat.appendStream({
        channel: 'D0DANA',
        ts,
        chunks: [
          { type: 'task_update', id: 't1', title: 'Read evidence', status: 'in_progress' },
          { type: 'markdown_text', text: 'is tier 1' },
        ],
      });
      await chat.appendStream({
        channel: 'D0DANA',
        ts,
        chunks: [{ type: 'task_update', id: 't1', title: 'Read evidence', status: 'complete' }],
      });
      const [, message] = workbench.messages({ channel: 'D0DANA', threadTs: thread_ts }, 'U0DANA');
      assert.equal(message?.text, 'Acme is tier 1');
      assert.equal(message?.stream?.open, true);
      assert.deepEqual(message?.stream?.tasks, [{ task_id: 't1', title: 'Read evidence', status: 'complete' }]);
      await chat.stopStream({ channel: 'D0DANA', ts, blocks: [{ type: 'divider' }] });
      assert.deepEqual(
        workbench.messages({ channel: 'D0DANA', threadTs: thread_ts }, 'U0DANA')[1]?.blocks?.map((block) => block.type),
        ['task_card', 'markdown', 'divider'],
      );
      await assert.rejects(
        chat.appendStream({ channel: 'D0DANA', ts, markdown_text: 'more' }),
        /message_not_in_streaming_state/,
      );
    } finally {
      await stop();
    }
  });

  it('ends by itself after five minutes, holds 12,000 characters, and names its reader in channels', async () => {
    let now = 1_800_000_000_000;
    const { workbench, app, stop } = await startBolt(() => undefined, { clock: () => now });
    const { chat } = app.client;
    try {
      const asked = await workbench.say('U0DANA', 'C0ICP', 'why?');
      const at = { channel: 'C0ICP', thread_ts: asked?.ts ?? '' };
      await assert.rejects(chat.startStream(at), /missing_recipient_user_id/);
      const { ts = '' } = await chat.startStream({ ...at, recipient_user_id: 'U0DANA', recipient_team_id: 'T0001' });
      await chat.appendStream({ channel: 'C0ICP', ts, markdown_text: 'x'.repeat(12_000) });
      await assert.rejects(chat.appendStream({ channel: 'C0ICP', ts, markdown_text: 'y' }), /msg_too_long/);
      now += 300_001;
      await assert.rejects(
        chat.appendStream({ channel: 'C0ICP', ts, markdown_text: '' }),
        /message_not_in_streaming_state/,
      );
    } finally {
      await stop();
    }
  });
});
