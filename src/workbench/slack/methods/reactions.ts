import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { sendEvent } from '../events.ts';
import { wireMessage } from '../payloads.ts';
import type { LocalSlack } from '../slack.ts';
import type { Message } from '../state.ts';
import { joinedConversationOf, messageOf, required } from './arguments.ts';

/** @see https://docs.slack.dev/reference/methods?family=reactions */
export const reactionMethods: Record<string, Method> = {
  'reactions.add': (slack, args) => {
    joinedConversationOf(slack.state, args);
    const message = messageOf(slack.state, args, 'timestamp');
    if (!react(slack, message, slack.state.workspace.app.botUserId, required(args, 'name'))) {
      throw new SlackApiError('already_reacted');
    }
    return {};
  },

  'reactions.remove': (slack, args) => {
    const message = messageOf(slack.state, args, 'timestamp');
    if (!unreact(slack, message, slack.state.workspace.app.botUserId, required(args, 'name'))) {
      throw new SlackApiError('no_reaction');
    }
    return {};
  },

  'reactions.get': ({ state }, args) => {
    const message = messageOf(state, args, 'timestamp');
    return { type: 'message', channel: message.channel, message: wireMessage(state, message) };
  },
};

/** Adds a person's or the app's reaction and tells the app; false when it was there. */
export function react(slack: LocalSlack, message: Message, user: string, name: string): boolean {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(user)) return false;
  if (known) known.users.push(user);
  else message.reactions.push({ name, users: [user] });
  tell(slack, message, user, name, 'reaction_added');
  return true;
}

/** Takes a reaction away again; false when there was none. */
export function unreact(slack: LocalSlack, message: Message, user: string, name: string): boolean {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (!known?.users.includes(user)) return false;
  known.users = known.users.filter((other) => other !== user);
  message.reactions = message.reactions.filter((reaction) => reaction.users.length > 0);
  tell(slack, message, user, name, 'reaction_removed');
  return true;
}

function tell(slack: LocalSlack, message: Message, user: string, reaction: string, type: string): void {
  slack.state.touch(message);
  const item = { type: 'message', channel: message.channel, ts: message.ts };
  void sendEvent(slack, { type, user, reaction, item_user: message.user, item });
}
