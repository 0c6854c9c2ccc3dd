import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Running, startBolt } from '../support/bolt-fixture.ts';

let running: Running;
before(async () => {
  running = await startBolt(() => undefined);
});
after(() => running.stop());

/** The error of a refused call, with what came along. */
async function refusal(
  call: Promise<unknown>,
): Promise<{ error?: string; response_metadata?: { messages?: string[] } }> {
  try {
    await call;
  } catch (error) {
    const { data } = error as { data?: { error?: string } }; // WebAPIPlatformError
    return data ?? {};
  }
  return { error: 'none' };
}

describe('messages', () => {
  it('can only be posted where the app is a member, and private channels stay hidden', async () => {
    const { chat, conversations } = running.app.client;
    assert.equal((await refusal(chat.postMessage({ channel: 'C0PLAIN', text: 'hi' }))).error, 'not_in_channel');
    assert.equal((await refusal(chat.postMessage({ channel: 'C0SECRET', text: 'hi' }))).error, 'channel_not_found');
    assert.equal((await refusal(chat.postMessage({ channel: 'C9', text: 'hi' }))).error, 'channel_not_found');
    assert.equal((await refusal(chat.postMessage({ channel: 'C0ICP', text: '' }))).error, 'no_text');
    const { channels = [] } = await conversations.list({ types: 'public_channel,private_channel' });
    assert.deepEqual(
      channels.map((channel) => channel.name),
      ['icp', 'random', 'revops'],
    );
  });

  it('that are ephemeral are seen by one person and are in no history', async () => {
    const { workbench, app } = running;
    const before = (await app.client.conversations.history({ channel: 'C0OPS' })).messages?.length;
    await app.client.chat.postEphemeral({ channel: 'C0OPS', user: 'U0DANA', text: 'between us' });
    assert.equal(workbench.messages('C0OPS', 'U0DANA').at(-1)?.text, 'between us');
    assert.equal((await app.client.conversations.history({ channel: 'C0OPS' })).messages?.length, before);
    const outsider = refusal(app.client.chat.postEphemeral({ channel: 'C0OPS', user: 'U0SAM', text: 'psst' }));
    assert.equal((await outsider).error, 'user_not_in_channel');
  });

  it('are read newest first by page, replies oldest first with the parent', async () => {
    const { client } = running.app;
    const first = await client.chat.postMessage({ channel: 'D0RITA', text: 'one' });
    for (const text of ['two', 'three']) await client.chat.postMessage({ channel: 'D0RITA', text });
    for (const text of ['reply 1', 'reply 2']) {
      await client.chat.postMessage({ channel: 'D0RITA', thread_ts: first.ts ?? '', text });
    }
    const page = await client.conversations.history({ channel: 'D0RITA', limit: 2 });
    assert.deepEqual(
      page.messages?.map((message) => message.text),
      ['three', 'two'],
    );
    const cursor = page.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.history({ channel: 'D0RITA', limit: 2, cursor });
    assert.deepEqual(
      rest.messages?.map((message) => [message.text, message.reply_count]),
      [['one', 2]],
    );
    const thread = await client.conversations.replies({ channel: 'D0RITA', ts: first.ts ?? '' });
    assert.deepEqual(
      thread.messages?.map((message) => message.text),
      ['one', 'reply 1', 'reply 2'],
    );
  });

  it('with bad blocks are refused with a JSON pointer to each fault', async () => {
    const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
    const post = (blocks: object[]) =>
      refusal(running.app.client.chat.postMessage({ channel: 'C0ICP', text: 'x', blocks: blocks as never }));
    const long = await post([section('fine'), section('x'.repeat(3001))]);
    assert.equal(long.error, 'invalid_blocks');
    assert.deepEqual(long.response_metadata?.messages, [
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
    ]);
    const many = await post(Array.from({ length: 51 }, () => section('x')));
    assert.match(many.response_metadata?.messages?.[0] ?? '', /no more than 50 items.*json-pointer:\/blocks\]/);
    assert.equal((await post(Array.from({ length: 50 }, () => section('x')))).error, 'none');
  });

  it('of other people cannot be changed or deleted by the app', async () => {
    const { workbench, app } = running;
    const theirs = await workbench.say('U0SAM', 'C0ICP', 'mine');
    const at = { channel: 'C0ICP', ts: theirs?.ts ?? '' };
    assert.equal((await refusal(app.client.chat.update({ ...at, text: 'yours' }))).error, 'cant_update_message');
    assert.equal((await refusal(app.client.chat.delete(at))).error, 'cant_delete_message');
    const own = await app.client.chat.postMessage({ channel: 'C0ICP', text: 'gone soon' });
    await app.client.chat.delete({ channel: 'C0ICP', ts: own.ts ?? '' });
    assert.ok(!workbench.messages('C0ICP', 'U0SAM').some((message) => message.text === 'gone soon'));
  });

  it('know their people: by id, by e-mail and by group', async () => {
    const { users, usergroups, team, auth } = running.app.client;
    assert.equal((await users.lookupByEmail({ email: 'Rita@northwind.test' })).user?.id, 'U0RITA');
    assert.equal((await users.info({ user: 'U0SAM' })).user?.profile?.email, 'sam@northwind.test');
    assert.equal((await refusal(users.lookupByEmail({ email: 'x@y.test' }))).error, 'users_not_found');
    assert.deepEqual((await usergroups.users.list({ usergroup: 'S0OPS' })).users, ['U0DANA']);
    assert.equal((await usergroups.list()).usergroups?.[0]?.handle, 'revops');
    assert.equal((await team.info()).team?.name, 'Northwind');
    assert.equal((await auth.test()).user_id, 'U0BOT');
  });

  it('have reactions, permanent links and a place to be sent to', async () => {
    const { client } = running.app;
    const open = await client.conversations.open({ users: 'U0SAM' });
    assert.equal(open.channel?.id, 'D0SAM');
    const { ts = '' } = await client.chat.postMessage({ channel: 'U0SAM', text: 'hello' });
    await client.reactions.add({ channel: 'D0SAM', timestamp: ts, name: 'eyes' });
    assert.equal(
      (await refusal(client.reactions.add({ channel: 'D0SAM', timestamp: ts, name: 'eyes' }))).error,
      'already_reacted',
    );
    const { message } = await client.reactions.get({ channel: 'D0SAM', timestamp: ts });
    assert.deepEqual(message?.reactions, [{ name: 'eyes', users: ['U0BOT'], count: 1 }]);
    const { permalink } = await client.chat.getPermalink({ channel: 'D0SAM', message_ts: ts });
    assert.equal(permalink, `https://northwind.slack.com/archives/D0SAM/p${ts.replace('.', '')}`);
  });

  it('keep metadata for those who ask for it', async () => {
    const { client } = running.app;
    const metadata = { event_type: 'decision', event_payload: { id: 7 } };
    await client.chat.postMessage({ channel: 'D0DANA', text: 'with', metadata });
    const history = async (include_all_metadata: boolean) =>
      (await client.conversations.history({ channel: 'D0DANA', limit: 1, include_all_metadata })).messages?.[0]
        ?.metadata;
    assert.deepEqual(await history(true), metadata);
    assert.equal(await history(false), undefined);
  });

  it('show the status and the suggested prompts that the app has set, until it answers', async () => {
    const { workbench, app } = running;
    const asked = await workbench.say('U0DANA', 'D0DANA', 'why?');
    const thread_ts = asked?.ts ?? '';
    const shown = async () =>
      JSON.parse(await (await fetch(`${workbench.url}control/conversation?user=U0DANA&channel=D0DANA`)).text());
    await app.client.assistant.threads.setStatus({ channel_id: 'D0DANA', thread_ts, status: 'is thinking' });
    await app.client.assistant.threads.setSuggestedPrompts({
      channel_id: 'D0DANA',
      prompts: [{ title: 'A', message: 'a' }],
    });
    assert.equal((await shown()).status, 'is thinking');
    assert.deepEqual((await shown()).prompts.prompts, [{ title: 'A', message: 'a' }]);
    await app.client.chat.postMessage({ channel: 'D0DANA', thread_ts, text: 'because' });
    assert.equal((await shown()).status, undefined);
  });
});
