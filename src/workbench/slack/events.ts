import type { JsonObject } from './json.ts';
import { channelType, wireMessage } from './payloads.ts';
import type { LocalSlack } from './slack.ts';
import type { Conversation, Message } from './state.ts';

/**
 * Sends one event to the app, and sends it again when it is not acknowledged.
 *
 * Slack's rule: an event not acknowledged in three seconds is redelivered up to three times, almost at once, after a
 * minute and after five; it keeps its `event_id`, and the envelope says `retry_attempt` and `retry_reason`.
 *
 * @see https://docs.slack.dev/apis/events-api/#retries
 * @see https://docs.slack.dev/reference/events the names in `app.events`
 */
export async function sendEvent(
  slack: LocalSlack,
  event: JsonObject,
  subscription = String(event.type),
): Promise<void> {
  const { state, sockets, faults } = slack;
  const { app, team } = state.workspace;
  if (app.events && !app.events.includes(subscription)) return;
  const payload: JsonObject = {
    token: 'local',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: { ...event, event_ts: event.event_ts ?? state.ids.timestamp() },
    type: 'event_callback',
    event_id: state.ids.next('Ev'),
    event_time: Math.floor(state.clock() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  const delivery = { type: 'events_api' as const, name: subscription, payload, acceptsResponse: false };
  if (faults.takeDuplicate()) void sockets.deliver(delivery);
  for (const [attempt, wait] of [0, ...faults.redeliverAfterMs].entries()) {
    if (attempt > 0) await slack.pause(wait);
    if (slack.closed()) return;
    const { outcome } = await sockets.deliver({ ...delivery, attempt });
    if (outcome === 'acknowledged') return;
  }
}

/**
 * Tells the app of a new message, if it is a member.
 *
 * A mention in a channel arrives twice, as `message` and as `app_mention`, with one `ts` and two event ids (recorded:
 * Ev0A4QA0FC8P and Ev0A602NNCQG in vercel/chat sample-messages.md). A direct message has no app_mention. The app also
 * gets its own messages back, with its `bot_id` (recorded: Ev0A52AALLMB).
 */
export async function announceMessage(slack: LocalSlack, message: Message): Promise<void> {
  const { state } = slack;
  const { app } = state.workspace;
  const conversation = state.conversations.get(message.channel);
  if (!conversation?.members.has(app.botUserId) || message.ephemeralTo) return;
  const type = channelType(conversation);
  const body = { ...wireMessage(state, message), channel: message.channel, event_ts: message.ts };
  const asMessage = sendEvent(slack, { ...body, channel_type: type }, subscriptionFor(conversation));
  const mentioned = message.text.includes(`<@${app.botUserId}>`) && !message.byApp && type !== 'im';
  await Promise.all([asMessage, ...(mentioned ? [sendEvent(slack, { ...body, type: 'app_mention' })] : [])]);
}

/** Tells the app that a message was changed (recorded: Ev0A53MVM13Q) or deleted. */
export async function announceChange(slack: LocalSlack, message: Message, previous: JsonObject): Promise<void> {
  await sendAside(slack, message, {
    subtype: 'message_changed',
    message: wireMessage(slack.state, message),
    previous_message: previous,
  });
}

/** @see https://docs.slack.dev/reference/events/message/message_deleted */
export async function announceDeletion(slack: LocalSlack, message: Message): Promise<void> {
  await sendAside(slack, message, {
    subtype: 'message_deleted',
    deleted_ts: message.ts,
    previous_message: wireMessage(slack.state, message),
  });
}

async function sendAside(slack: LocalSlack, message: Message, event: JsonObject): Promise<void> {
  const { state } = slack;
  const conversation = state.conversations.get(message.channel);
  if (!conversation?.members.has(state.workspace.app.botUserId)) return;
  const ts = state.ids.timestamp();
  await sendEvent(
    slack,
    {
      type: 'message',
      ...event,
      channel: message.channel,
      hidden: true,
      ts,
      event_ts: ts,
      channel_type: channelType(conversation),
    },
    subscriptionFor(conversation),
  );
}

function subscriptionFor(conversation: Conversation): string {
  return { channel: 'message.channels', group: 'message.groups', im: 'message.im' }[channelType(conversation)];
}
