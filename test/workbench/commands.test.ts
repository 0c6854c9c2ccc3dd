import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMPANY, startBolt } from '../support/bolt-fixture.ts';

describe('a slash command', () => {
  it('is answered by a real Bolt app, to the person who typed it only', async () => {
    const { workbench, stop } = await startBolt((app) => {
      app.command('/echo', async ({ command, ack, respond }) => {
        await ack();
        // As in Slack, no blocks are the same as none: the text is what is shown.
        await respond({ text: `${command.user_name} said ${command.text} in ${command.channel_name}`, blocks: [] });
      });
    });
    try {
      await workbench.command('U0DANA', 'C0ICP', '/echo good   morning');
      const answer = await workbench.waitFor(() => workbench.messages('C0ICP', 'U0DANA')[0]);
      assert.equal(answer.text, 'dana said good   morning in icp');
      assert.equal(answer.ephemeralTo, 'U0DANA');
      assert.deepEqual(workbench.messages('C0ICP', 'U0SAM'), []);
      const page = await fetch(`${workbench.url}control/conversation?user=U0DANA&channel=C0ICP`);
      const shown: { messages: { html: string }[] } = JSON.parse(await page.text());
      assert.match(shown.messages[0]?.html ?? '', /dana said good {3}morning/);
    } finally {
      await stop();
    }
  });

  it('shows what the acknowledgement carries, to everybody if it says in_channel', async () => {
    const { workbench, stop } = await startBolt((app) => {
      app.command('/echo', ({ ack }) => ack({ response_type: 'in_channel', text: 'for all' }));
      app.command('/form', ({ ack }) => ack('just you'));
    });
    try {
      await workbench.command('U0DANA', 'C0ICP', '/echo');
      await workbench.command('U0DANA', 'C0ICP', '/form');
      assert.deepEqual(
        workbench.messages('C0ICP', 'U0SAM').map((message) => message.text),
        ['for all'],
      );
      assert.deepEqual(
        workbench.messages('C0ICP', 'U0DANA').map((message) => message.text),
        ['for all', 'just you'],
      );
    } finally {
      await stop();
    }
  });

  it('that is acknowledged late fails before the eyes of the person, and the late answer still arrives', async () => {
    const { workbench, stop } = await startBolt(
      (app) => {
        app.command('/slow', async ({ ack, respond }) => {
          await new Promise((resolve) => setTimeout(resolve, 160));
          await ack();
          await respond('sorry, that took a while');
        });
      },
      { faults: { acknowledgeWithinMs: 80 } },
    );
    try {
      await workbench.command('U0DANA', 'C0ICP', '/slow');
      const [failure] = workbench.messages('C0ICP', 'U0DANA');
      assert.equal(failure?.text, '/slow failed with the error "operation_timeout"');
      assert.equal(failure?.ephemeralTo, 'U0DANA');
      const answer = await workbench.waitFor(() => workbench.messages('C0ICP', 'U0DANA')[1]);
      assert.equal(answer.text, 'sorry, that took a while');
      const delivery = workbench.traffic().find((entry) => entry.name === '/slow');
      assert.equal(delivery?.outcome, 'failed');
    } finally {
      await stop();
    }
  });

  it('fails with dispatch_failed while no app is connected', async () => {
    const { workbench, app, stop } = await startBolt(() => undefined);
    try {
      await app.stop();
      await workbench.waitFor(() => workbench.connected() === 0);
      await workbench.command('U0DANA', 'C0ICP', '/echo');
      assert.match(workbench.messages('C0ICP', 'U0DANA')[0]?.text ?? '', /dispatch_failed/);
    } finally {
      await stop();
    }
  });

  it('does not run in a thread, and one that nobody registered is not delivered', async () => {
    const heard: string[] = [];
    const { workbench, stop } = await startBolt((app) => {
      app.command(/.*/, async ({ command, ack }) => {
        heard.push(command.command);
        await ack();
      });
    });
    try {
      const parent = await workbench.say('U0DANA', 'C0ICP', 'hello');
      await workbench.command('U0DANA', 'C0ICP', '/echo', parent?.ts);
      await workbench.say('U0DANA', 'C0ICP', '/nobody');
      assert.deepEqual(heard, []);
      assert.match(workbench.messages('C0ICP', 'U0DANA').at(-1)?.text ?? '', /not a command here/);
      const replies = workbench.messages({ channel: 'C0ICP', threadTs: parent?.ts ?? '' }, 'U0DANA');
      assert.match(replies.at(-1)?.text ?? '', /does not run in threads/);
    } finally {
      await stop();
    }
  });

  it('can only come from people and places of the workspace', async () => {
    const { workbench, stop } = await startBolt(() => undefined, { workspace: COMPANY });
    try {
      await assert.rejects(workbench.command('U9', 'C0ICP', '/echo'), { code: 'usage', message: /U0DANA, U0SAM/ });
      await assert.rejects(workbench.say('U0SAM', 'C0OPS', 'hi'), { code: 'usage', message: /U0SAM is not in C0OPS/ });
    } finally {
      await stop();
    }
  });
});
