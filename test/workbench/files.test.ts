import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startBolt } from '../support/bolt-fixture.ts';

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

it('a picture is uploaded in three steps by the official client and shown in the page with its description', async () => {
  const { workbench, app, stop } = await startBolt(() => undefined);
  try {
    await app.client.filesUploadV2({
      channel_id: 'C0ICP',
      file: PIXEL,
      filename: 'lift.png',
      title: 'Lift',
      alt_text: 'Six bars',
      initial_comment: 'Look',
    });
    const shown: { messages: { html: string }[] } = JSON.parse(
      await (await fetch(`${workbench.url}control/conversation?user=U0DANA&channel=C0ICP`)).text(),
    );
    const html = shown.messages[0]?.html ?? '';
    const [, src = ''] = /<img src="(\/files\/[^"]+)" alt="Six bars"/.exec(html) ?? [];
    assert.ok(src, html);
    const picture = await fetch(new URL(src, workbench.url));
    assert.equal(picture.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await picture.arrayBuffer()), PIXEL);
  } finally {
    await stop();
  }
});

it('an uploaded picture can stand in an image block by its id', async () => {
  const { workbench, app, stop } = await startBolt(() => undefined);
  try {
    const { upload_url = '', file_id = '' } = await app.client.files.getUploadURLExternal({
      filename: 'a.png',
      length: PIXEL.length,
    });
    const early = app.client.files.completeUploadExternal({ files: [{ id: file_id, title: 'A' }] });
    await assert.rejects(early, /file_not_uploaded/);
    await fetch(upload_url, { method: 'POST', body: PIXEL });
    await app.client.files.completeUploadExternal({ files: [{ id: file_id, title: 'A' }] });
    assert.equal((await app.client.files.info({ file: file_id })).file?.size, PIXEL.length);
    const image = { type: 'image' as const, slack_file: { id: file_id }, alt_text: 'Lift by criterion' };
    await app.client.chat.postMessage({ channel: 'C0ICP', text: 'chart', blocks: [image] });
    const answer = await fetch(`${workbench.url}control/conversation?user=U0DANA&channel=C0ICP`);
    assert.match(await answer.text(), new RegExp(`/files/${file_id}/a.png.*alt=.{0,2}Lift by criterion`));
    await assert.rejects(
      app.client.chat.postMessage({ channel: 'C0ICP', text: 'x', blocks: [{ ...image, alt_text: '' }] }),
      /invalid_blocks/,
    );
  } finally {
    await stop();
  }
});
