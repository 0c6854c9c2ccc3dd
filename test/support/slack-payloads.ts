import type { FakeSlack } from './fake-slack.ts';

interface Said {
  ts: string;
  eventId: string;
  threadTs?: string;
  direct?: boolean;
  subtype?: string;
  bot?: string;
  /** Who began the thread. */
  parent?: string;
}

type Payload = Record<string, unknown>;

function envelope(eventId: string, event: Payload): Payload {
  return { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: eventId, event_time: 1, event };
}

/** `message.channels` or `message.im`, as the Events API sends it. */
export function aMessage(text: string, said: Said): Payload {
  return envelope(said.eventId, {
    type: 'message',
    text,
    user: 'U1',
    channel: said.direct ? 'D1' : 'C1',
    channel_type: said.direct ? 'im' : 'channel',
    ts: said.ts,
    event_ts: said.ts,
    ...(said.threadTs !== undefined && { thread_ts: said.threadTs }),
    ...(said.parent !== undefined && { parent_user_id: said.parent }),
    ...(said.subtype !== undefined && { subtype: said.subtype }),
    ...(said.bot !== undefined && { bot_id: said.bot }),
  });
}

export function aMention(text: string, said: Said): Payload {
  return envelope(said.eventId, {
    type: 'app_mention',
    text,
    user: 'U1',
    channel: 'C1',
    ts: said.ts,
    event_ts: said.ts,
    ...(said.threadTs !== undefined && { thread_ts: said.threadTs }),
  });
}

export function homeOpened(tab: 'home' | 'messages'): Payload {
  return envelope(`Ev-${tab}`, { type: 'app_home_opened', user: 'U1', channel: 'D1', tab, event_ts: '1.1' });
}

export function aButtonPress(
  slack: FakeSlack,
  actionId: string,
  value: string,
  on: { ts: string; ephemeral?: boolean },
): Payload {
  return {
    type: 'block_actions',
    team: { id: 'T1', domain: 'fake' },
    user: { id: 'U1', username: 'dana', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'legacy',
    trigger_id: '1.2.3',
    response_url: `${slack.origin}/respond`,
    channel: { id: 'C1', name: 'sales' },
    container: { type: 'message', message_ts: on.ts, channel_id: 'C1', is_ephemeral: on.ephemeral ?? false },
    ...(!on.ephemeral && { message: { type: 'message', ts: on.ts, text: 'card', user: 'UBOT' } }),
    actions: [
      {
        type: 'button',
        action_id: actionId,
        block_id: 'b1',
        action_ts: '1.1',
        value,
        text: { type: 'plain_text', text: 'Press', emoji: false },
      },
    ],
  };
}

/** A modal sent with its one field filled in, or left empty. */
export function aSubmission(view: { callback_id: string; private_metadata: string }, words: string | null): Payload {
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 'fake' },
    user: { id: 'U1', name: 'dana', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'legacy',
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: view.callback_id,
      private_metadata: view.private_metadata,
      state: { values: { words: { words: { type: 'plain_text_input', value: words } } } },
    },
  };
}

/** A form sent with several fields, each held as Slack holds an input of its type. */
export function aFormSubmission(
  view: { callback_id: string; private_metadata: string },
  fields: Readonly<Record<string, object>>,
): Payload {
  const values = Object.fromEntries(Object.entries(fields).map(([id, held]) => [id, { [id]: held }]));
  const sent = aSubmission(view, null);
  return { ...sent, view: { ...(sent.view as Payload), state: { values } } };
}
