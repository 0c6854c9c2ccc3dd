import { UsageError } from '../errors.ts';
import { runCommand } from './slack/commands.ts';
import { announceMessage, sendEvent } from './slack/events.ts';
import { react, unreact } from './slack/methods/reactions.ts';
import { closeView, submitView } from './slack/modals.ts';
import { type Entries, type Press, pressInMessage, pressInView } from './slack/presses.ts';
import type { LocalSlack } from './slack/slack.ts';
import { addMessage, directMessageId, type Message, SLACKBOT, visibleMessages } from './slack/state.ts';
import { type OpenView, wireView } from './slack/view-state.ts';

/** What people do in the local Slack; the page, the browser tests and the unit tests all act through it. */
export interface People {
  /** Types a message; one that starts with a slash is run as a command. */
  say(user: string, channel: string, text: string, threadTs?: string): Promise<Message | undefined>;
  /** Types a slash command and waits until it is acknowledged or has timed out. */
  command(user: string, channel: string, line: string, threadTs?: string): Promise<void>;
  /** Presses a button or picks a value in a message; true when the app acknowledged. */
  press(
    user: string,
    messageTs: string,
    actionId: string,
    value?: string | string[],
    blockId?: string,
  ): Promise<boolean>;
  /** What this person sees in a channel, or in one of its threads, oldest first. */
  messages(where: string | { channel: string; threadTs: string }, asUser: string): Message[];
  /** Opens the app's direct message or its Home tab; the app hears of it. */
  openApp(user: string, tab: 'messages' | 'home'): Promise<void>;
  /** The modals before this person, the top one last. */
  modals(user: string): OpenView[];
  /** The app's Home tab, once published for this person. */
  home(user: string): OpenView | undefined;
  /** With what is in its inputs, where something is. */
  pressInView(user: string, viewId: string, press: Press, entries?: Entries): Promise<boolean>;
  submitView(user: string, viewId: string, entries: Entries): Promise<Record<string, string>>;
  closeView(user: string, viewId: string, all?: boolean): Promise<void>;
  toggleReaction(user: string, channel: string, ts: string, name: string): void;
  /** Starts over: no messages, no open views, members as at the start. */
  reset(): void;
  /** Presses the stop button of an agent's session. */
  stop(user: string, channel: string, threadTs: string): Promise<void>;
}

/** @throws {UsageError} from any of them, when the person, channel, message or view does not exist */
export function createPeople(slack: LocalSlack): People {
  const { state } = slack;
  const { app } = state.workspace;

  function checkPlace(user: string, channel: string): void {
    if (!state.workspace.users.some((one) => one.id === user)) {
      const known = state.workspace.users.map((one) => one.id).join(', ');
      throw new UsageError(`the workbench needs a person of the workspace, got ${user}; use one of ${known}`);
    }
    const conversation = state.conversations.get(channel);
    if (!conversation) {
      const known = [...state.conversations.keys()].join(', ');
      throw new UsageError(`the workbench needs a conversation, got ${channel}; use one of ${known}`);
    }
    if (!conversation.members.has(user)) {
      throw new UsageError(`${user} is not in ${channel}; act as one of ${[...conversation.members].join(', ')}`);
    }
  }

  function view(user: string, id: string) {
    const found = slack.views.byId.get(id);
    if (found?.user !== user) throw new UsageError(`${user} has no open view ${id}; it may have been closed`);
    return found;
  }

  return {
    async say(user, channel, text, threadTs) {
      checkPlace(user, channel);
      if (text.startsWith('/')) {
        await runCommand(slack, user, channel, text, threadTs);
        return undefined;
      }
      const message = addMessage(state, {
        channel,
        user,
        text,
        clientMsgId: crypto.randomUUID(),
        ...(threadTs ? { threadTs } : {}),
      });
      if (text.includes(`<@${app.botUserId}>`) && !state.conversations.get(channel)?.members.has(app.botUserId)) {
        const words = `You mentioned <@${app.botUserId}>, but they are not in this channel. Type /invite @${app.botName} to add them.`;
        addMessage(state, { channel, user: SLACKBOT, text: words, ephemeralTo: user, bySlack: true });
      }
      void announceMessage(slack, message);
      return message;
    },

    async command(user, channel, line, threadTs) {
      checkPlace(user, channel);
      await runCommand(slack, user, channel, line, threadTs);
    },

    async press(user, messageTs, actionId, value, blockId) {
      const message = state.messages.find(
        (one) => one.ts === messageTs && (!one.ephemeralTo || one.ephemeralTo === user),
      );
      if (!message) throw new UsageError(`${user} sees no message ${messageTs}; it may have been deleted or replaced`);
      checkPlace(user, message.channel);
      return pressInMessage(slack, user, message, {
        actionId,
        ...(value === undefined ? {} : { value }),
        ...(blockId ? { blockId } : {}),
      });
    },

    messages(where, asUser) {
      return typeof where === 'string'
        ? visibleMessages(state, asUser, where)
        : visibleMessages(state, asUser, where.channel, where.threadTs);
    },

    /** Recorded: Ev0AGENTHOME1 in vercel/chat sample-messages.md; a direct message has no thread_ts. */
    async openApp(user, tab) {
      const channel = directMessageId(user);
      checkPlace(user, channel);
      const view = tab === 'home' ? slack.views.home(user) : undefined;
      const shown = view ? { view: wireView(state, view) } : {};
      await sendEvent(slack, { type: 'app_home_opened', user, channel, tab, ...shown });
    },

    modals: slack.views.stack,
    home: slack.views.home,
    pressInView: (user, viewId, press, entries) => pressInView(slack, user, view(user, viewId), press, entries),
    submitView: (user, viewId, entries) => submitView(slack, view(user, viewId), entries),
    closeView: (user, viewId, all) => closeView(slack, view(user, viewId), all ?? false),

    toggleReaction(user, channel, ts, name) {
      checkPlace(user, channel);
      const message = state.messages.find((one) => one.ts === ts && one.channel === channel);
      if (!message) throw new UsageError(`there is no message ${ts} in ${channel}; it may have been deleted`);
      if (!react(slack, message, user, name)) unreact(slack, message, user, name);
    },

    reset() {
      slack.views.byId.clear();
      state.reset();
    },

    /** Recorded: Ev0AGENTSTOP1 in vercel/chat sample-messages.md. */
    async stop(user, channel, threadTs) {
      checkPlace(user, channel);
      const streaming = state.messages.filter((one) => one.channel === channel && one.stream?.open);
      await sendEvent(slack, {
        type: 'agent_session_stopped',
        user,
        channel,
        thread_ts: threadTs,
        streaming_message_ts: streaming.map((one) => one.ts),
      });
    },
  };
}
