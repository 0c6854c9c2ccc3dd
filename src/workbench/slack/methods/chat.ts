import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { announceChange, announceDeletion, announceMessage } from '../events.ts';
import { asObjects, asText, type JsonObject } from '../json.ts';
import { wireMessage } from '../payloads.ts';
import type { LocalSlack } from '../slack.ts';
import { addMessage, findMessage, type Message, threadState } from '../state.ts';
import { contentOf, conversationOf, joinedConversationOf, messageOf, required } from './arguments.ts';

/** @see https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': (slack, args) => {
    const { state } = slack;
    const conversation = joinedConversationOf(state, args);
    const threadTs = threadOf(slack, conversation.id, args);
    const message = addMessage(state, {
      ...common(slack, args),
      channel: conversation.id,
      ...(threadTs ? { threadTs } : {}),
    });
    clearStatus(slack, conversation.id, threadTs);
    void announceMessage(slack, message);
    return { channel: conversation.id, ts: message.ts, message: wireMessage(state, message) };
  },

  /** Only the named member sees it, and it is in no history: the answer has a `message_ts` that cannot be updated. */
  'chat.postEphemeral': (slack, args) => {
    const { state } = slack;
    const conversation = joinedConversationOf(state, args);
    const user = required(args, 'user');
    if (!conversation.members.has(user)) throw new SlackApiError('user_not_in_channel');
    const threadTs = asText(args.thread_ts);
    const message = addMessage(state, {
      ...common(slack, args),
      channel: conversation.id,
      ephemeralTo: user,
      ...(threadTs ? { threadTs } : {}),
    });
    return { message_ts: message.ts };
  },

  'chat.update': (slack, args) => {
    const { state } = slack;
    const message = ownMessage(slack, args, 'cant_update_message');
    const previous = wireMessage(state, message);
    const { text, blocks } = contentOf(state, args);
    message.text = text;
    if (blocks) message.blocks = blocks;
    else delete message.blocks;
    message.editedTs = state.ids.timestamp();
    delete message.failure;
    state.touch(message);
    void announceChange(slack, message, previous);
    return { channel: message.channel, ts: message.ts, text, message: wireMessage(state, message) };
  },

  'chat.delete': (slack, args) => {
    const message = ownMessage(slack, args, 'cant_delete_message');
    slack.state.messages.splice(slack.state.messages.indexOf(message), 1);
    slack.state.touch();
    void announceDeletion(slack, message);
    return { channel: message.channel, ts: message.ts };
  },

  'chat.getPermalink': ({ state }, args) => {
    const message = messageOf(state, args, 'message_ts');
    const path = `archives/${message.channel}/p${message.ts.replace('.', '')}`;
    return { channel: message.channel, permalink: `https://${state.workspace.team.domain}.slack.com/${path}` };
  },

  'chat.unfurl': ({ state }, args) => {
    conversationOf(state, args);
    return {};
  },
};

function common({ state }: LocalSlack, args: JsonObject) {
  const { text, blocks } = contentOf(state, args);
  return {
    user: state.workspace.app.botUserId,
    text,
    ...(blocks ? { blocks } : {}),
    ...(args.attachments ? { attachments: asObjects(args.attachments) } : {}),
    ...(args.metadata ? { metadata: args.metadata } : {}),
    ...(asText(args.username) ? { username: asText(args.username) } : {}),
  };
}

/** A reply to a reply goes to the thread's parent. */
function threadOf({ state }: LocalSlack, channel: string, args: JsonObject): string | undefined {
  const given = asText(args.thread_ts);
  if (!given) return undefined;
  const parent = findMessage(state, channel, given);
  return parent?.threadTs ?? given;
}

/** Only the author may change a message. @see https://docs.slack.dev/reference/methods/chat.update */
function ownMessage({ state }: LocalSlack, args: JsonObject, refusal: string): Message {
  const message = messageOf(state, args);
  if (!message.byApp) throw new SlackApiError(refusal);
  return message;
}

/** "The status is cleared automatically when the app sends a message." @see assistant.threads.setStatus */
export function clearStatus({ state }: LocalSlack, channel: string, threadTs?: string): void {
  for (const thread of [threadState(state, channel, threadTs), threadState(state, channel)]) {
    delete thread.status;
    delete thread.loadingMessages;
  }
  state.touch();
}
