import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startBolt } from '../support/bolt-fixture.ts';

it('answers a slash command of a real Bolt app, to the person who typed it only', async () => {
  const { workbench, stop } = await startBolt((app) => {
    app.command('/echo', async ({ command, ack, respond }) => {
      await ack();
      await respond({ text: `${command.user_name} said ${command.text}` });
    });
  });
  try {
    await workbench.command('U0DANA', 'C0ICP', '/echo good morning');
    const [answer] = await workbench.waitFor(() => {
      const seen = workbench.messages('C0ICP', 'U0DANA');
      return seen.length > 0 && seen;
    });
    assert.equal(answer?.text, 'dana said good morning');
    assert.equal(answer?.ephemeralTo, 'U0DANA');
    assert.deepEqual(workbench.messages('C0ICP', 'U0SAM'), []);
    const page = await fetch(`${workbench.url}control/conversation?user=U0DANA&channel=C0ICP`);
    const shown: { messages: { html: string }[] } = JSON.parse(await page.text());
    assert.match(shown.messages[0]?.html ?? '', /dana said good morning/);
  } finally {
    await stop();
  }
});
