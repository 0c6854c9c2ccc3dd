import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, mock } from 'node:test';
import { App } from '@slack/bolt';
import { parse } from 'yaml';
import { z } from 'zod';
import { actionIds, callbackIds, commandName } from '../../src/slack/action-ids.ts';
import { limits } from '../../src/slack/limits.ts';
import { registerListeners } from '../../src/slack/listeners/index.ts';
import { suggestedPrompts } from '../../src/slack/views/home.ts';
import { FakeReceiver } from '../support/fake-slack.ts';

const root = path.resolve(import.meta.dirname, '../..');

const prompt = z.strictObject({ title: z.string().min(1), message: z.string().min(1) });

const manifestShape = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    agent_view: z.strictObject({
      agent_description: z.string().max(300),
      suggested_prompts: z.array(prompt).max(limits.suggestedPrompts),
    }),
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z]{1,31}$/),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.boolean(),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.boolean(),
  }),
});

/** What Slack's method pages ask of a bot token; `auth.test` and `views.*` ask for nothing. */
const scopeOfMethod: Readonly<Record<string, readonly string[]>> = {
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  filesUploadV2: ['files:write'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** What an event subscription asks for. A message comes as one event per kind of conversation. */
const scopeOfEvent: Readonly<Record<string, string | null>> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
};

describe('manifest.yml', async () => {
  const manifest = manifestShape.parse(parse(await readFile(path.join(root, 'manifest.yml'), 'utf8')));
  const heard = await listenedTo();
  const called = await calledMethods();

  it('registers the commands that the app listens to, and no others', () => {
    const registered = manifest.features.slash_commands.map(({ command }) => command);
    assert.deepEqual(registered, heard.commands);
    assert.deepEqual(registered, [commandName]);
  });

  it('subscribes to the events that the app listens to, and no others', () => {
    const kinds = manifest.settings.event_subscriptions.bot_events.map((event) => event.split('.')[0] ?? event);
    assert.deepEqual([...new Set(kinds)].toSorted(), heard.events.toSorted());
  });

  it('asks for the scopes that its methods and events need, and no others', () => {
    assert.deepEqual(
      called.filter((method) => scopeOfMethod[method] === undefined),
      [],
      'a method whose scopes this test does not know',
    );
    const events = manifest.settings.event_subscriptions.bot_events;
    const needed = [
      ...called.flatMap((method) => scopeOfMethod[method] ?? []),
      ...events.flatMap((event) => scopeOfEvent[event] ?? []),
      ...(manifest.features.slash_commands.length > 0 ? ['commands'] : []),
    ];
    assert.deepEqual(manifest.oauth_config.scopes.bot.toSorted(), [...new Set(needed)].toSorted());
  });

  it('offers the same prompts as the Messages tab', () => {
    assert.deepEqual(manifest.features.agent_view.suggested_prompts, suggestedPrompts);
  });

  it('has a listener for every button and form that a view can show', () => {
    for (const id of Object.values(actionIds)) {
      const heardAs = heard.actions.filter((known) => (known instanceof RegExp ? known.test(id) : known === id));
      assert.equal(heardAs.length, 1, id);
    }
    assert.deepEqual(heard.views.toSorted(), Object.values(callbackIds).toSorted());
  });
});

/** Registers the listeners on a real app and notes for what. */
async function listenedTo() {
  const app = new App({ token: 'xoxb-fake', receiver: new FakeReceiver(), deferInitialization: true });
  const noted = (name: 'command' | 'event' | 'action' | 'view') => {
    const spy = mock.method(app, name);
    return () => spy.mock.calls.map(({ arguments: [first] }): unknown => first);
  };
  const [commands, events, actions, views] = [noted('command'), noted('event'), noted('action'), noted('view')];
  const never = new Proxy({}, { get: () => assert.fail('registering must not use the desk') });
  registerListeners(app, never as Parameters<typeof registerListeners>[1]);
  return { commands: commands(), events: events().map(String), actions: actions(), views: views().map(String) };
}

/** The Web API methods in the source, by the calls that are written there. */
async function calledMethods(): Promise<string[]> {
  const folder = path.join(root, 'src/slack');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const sources = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  const calls = sources.flatMap((source) => [...source.matchAll(/\bclient\s*\.([a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)*)\(/g)]);
  return [...new Set(calls.map(([, method]) => method ?? ''))].toSorted();
}
