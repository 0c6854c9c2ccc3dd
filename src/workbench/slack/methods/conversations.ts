import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { sendEvent } from '../events.ts';
import { asFlag, asText, type JsonObject } from '../json.ts';
import { channelType, repliesTo, wireConversation, wireMessage } from '../payloads.ts';
import { directMessageId, type Message } from '../state.ts';
import { conversationOf, joinedConversationOf, messageOf, pageOf } from './arguments.ts';

/** @see https://docs.slack.dev/reference/methods?family=conversations */
export const conversationMethods: Record<string, Method> = {
  'conversations.list': ({ state }, args) => {
    const types = (asText(args.types) || 'public_channel').split(',').map((type) => type.trim());
    const bot = state.workspace.app.botUserId;
    const all = [...state.conversations.values()].filter((conversation) => {
      const name = { channel: 'public_channel', group: 'private_channel', im: 'im' }[channelType(conversation)];
      return types.includes(name) && (!conversation.isPrivate || conversation.members.has(bot));
    });
    const { page, next } = pageOf(all, args);
    return { channels: page.map((one) => wireConversation(state, one)), response_metadata: { next_cursor: next } };
  },

  'conversations.info': ({ state }, args) => ({ channel: wireConversation(state, conversationOf(state, args)) }),

  /** Newest first, without replies and without ephemeral messages. */
  'conversations.history': ({ state }, args) => {
    const conversation = joinedConversationOf(state, args);
    const all = state.messages.filter(
      (message) =>
        message.channel === conversation.id &&
        !message.ephemeralTo &&
        (!message.threadTs || message.threadTs === message.ts) &&
        within(message, args),
    );
    const { page, next } = pageOf(all.toReversed(), args);
    return {
      messages: page.map((one) => withoutMetadata(wireMessage(state, one), args)),
      has_more: next !== '',
      response_metadata: { next_cursor: next },
    };
  },

  /** The parent first, then the replies, oldest first. */
  'conversations.replies': ({ state }, args) => {
    joinedConversationOf(state, args);
    const given = messageOf(state, args);
    const parent = given.threadTs ? messageOf(state, { channel: given.channel, ts: given.threadTs }) : given;
    const all = [parent, ...repliesTo(state, parent)].filter((message) => within(message, args));
    const { page, next } = pageOf(all, args, 1000);
    return {
      messages: page.map((one) => withoutMetadata(wireMessage(state, one), args)),
      has_more: next !== '',
      response_metadata: { next_cursor: next },
    };
  },

  /** Opens the direct message with one person; group messages are not modelled. */
  'conversations.open': ({ state }, args) => {
    const users = asText(args.users).split(',').filter(Boolean);
    const id = asText(args.channel) || directMessageId(users[0] ?? '');
    const conversation = state.conversations.get(id);
    if (!conversation?.withUser) throw new SlackApiError(users.length ? 'user_not_found' : 'channel_not_found');
    if (users.length > 1) throw new SlackApiError('not_enough_users');
    return {
      channel: asFlag(args.return_im) ? wireConversation(state, conversation) : { id: conversation.id },
    };
  },

  'conversations.members': ({ state }, args) => {
    const { page, next } = pageOf([...conversationOf(state, args).members], args);
    return { members: page, response_metadata: { next_cursor: next } };
  },

  'conversations.join': (slack, args) => {
    const { state } = slack;
    const conversation = conversationOf(state, args);
    if (conversation.withUser) throw new SlackApiError('method_not_supported_for_channel_type');
    const bot = state.workspace.app.botUserId;
    if (!conversation.members.has(bot)) {
      conversation.members.add(bot);
      state.touch();
      void sendEvent(slack, { type: 'member_joined_channel', user: bot, channel: conversation.id, channel_type: 'C' });
    }
    return { channel: wireConversation(state, conversation) };
  },
};

function within(message: Message, args: JsonObject): boolean {
  const { oldest, latest, inclusive } = args;
  const ts = Number(message.ts);
  if (asFlag(inclusive)) return ts >= Number(oldest ?? 0) && ts <= Number(latest ?? Number.POSITIVE_INFINITY);
  return ts > Number(oldest ?? 0) && ts < Number(latest ?? Number.POSITIVE_INFINITY);
}

/** Metadata comes only to those who ask for it with `include_all_metadata`. */
function withoutMetadata(message: JsonObject, args: JsonObject): JsonObject {
  if (asFlag(args.include_all_metadata)) return message;
  const { metadata, ...rest } = message;
  return rest;
}
