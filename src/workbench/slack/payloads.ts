import type { JsonObject } from './json.ts';
import { type Conversation, type Message, SLACKBOT, type State, type StoredFile } from './state.ts';

/**
 * The shapes in which Slack tells about things.
 *
 * Modelled on recorded payloads (vercel/chat, packages/adapter-slack/sample-messages.md) and on the types the client
 * library publishes (`@slack/types` events, `@slack/bolt` actions).
 */

/** The bot id that belongs to the app's bot user. */
export function botId(state: State): string {
  return `B${state.workspace.app.botUserId.slice(1)}`;
}

/** A message as `conversations.history`, events and action payloads carry it. */
export function wireMessage(state: State, message: Message): JsonObject {
  const { app, team } = state.workspace;
  const wire: JsonObject = {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: team.id,
    blocks: message.blocks ?? textAsRichText(message),
  };
  if (message.clientMsgId) wire.client_msg_id = message.clientMsgId;
  if (message.attachments) wire.attachments = message.attachments;
  if (message.byApp) {
    wire.bot_id = botId(state);
    wire.app_id = app.id;
    wire.bot_profile = botProfile(state);
  }
  if (message.username) wire.username = message.username;
  if (message.threadTs) {
    wire.thread_ts = message.threadTs;
    const parent = state.messages.find((other) => other.ts === message.threadTs && other.channel === message.channel);
    if (parent && parent !== message) wire.parent_user_id = parent.user;
  }
  if (message.editedTs) wire.edited = { user: message.byApp ? botId(state) : message.user, ts: message.editedTs };
  if (message.metadata) wire.metadata = message.metadata;
  if (message.files.length > 0) {
    wire.files = message.files.flatMap((id) => {
      const file = state.files.get(id);
      return file ? [wireFile(state, file)] : [];
    });
    if (!message.byApp) wire.subtype = 'file_share';
  }
  if (message.reactions.length > 0) {
    wire.reactions = message.reactions.map(({ name, users }) => ({ name, users, count: users.length }));
  }
  Object.assign(wire, threadSummary(state, message));
  return wire;
}

/** A parent carries how many answers it has, who gave them and when the last came. */
function threadSummary(state: State, message: Message): JsonObject {
  const replies = repliesTo(state, message);
  const last = replies.at(-1);
  if (!last) return {};
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    reply_users_count: new Set(replies.map((reply) => reply.user)).size,
    latest_reply: last.ts,
  };
}

/** The answers in the thread under this message, which everybody can see. */
export function repliesTo(state: State, parent: Message): Message[] {
  return state.messages.filter(
    (message) =>
      message.channel === parent.channel &&
      message.threadTs === parent.ts &&
      message.ts !== parent.ts &&
      !message.ephemeralTo,
  );
}

/** Slack gives every text message a rich_text block of its own. */
function textAsRichText(message: Message): JsonObject[] {
  if (!message.text) return [];
  const elements = [{ type: 'text', text: message.text }];
  return [
    {
      type: 'rich_text',
      block_id: `b${message.ts.slice(-5)}`,
      elements: [{ type: 'rich_text_section', elements }],
    },
  ];
}

/** The app as it signs its messages. */
export function botProfile(state: State): JsonObject {
  const { app, team } = state.workspace;
  return {
    id: botId(state),
    deleted: false,
    name: app.botName,
    app_id: app.id,
    user_id: app.botUserId,
    team_id: team.id,
    icons: {},
  };
}

/** A file object. `url_private` needs the bot token, as in Slack. */
export function wireFile(state: State, file: StoredFile): JsonObject {
  return {
    id: file.id,
    created: Math.floor(file.created / 1000),
    timestamp: Math.floor(file.created / 1000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').pop() ?? 'binary',
    user: file.user,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    is_public: true,
    alt_txt: file.altText,
    url_private: `/files/${file.id}/${encodeURIComponent(file.name)}`,
    channels: file.channels,
    permalink: `https://${state.workspace.team.domain}.slack.com/files/${file.user}/${file.id}`,
  };
}

/** A person, the app's bot user or Slackbot, as `users.info` gives them. */
export function wireUser(state: State, id: string): JsonObject | undefined {
  const { app, team, users } = state.workspace;
  if (id === app.botUserId || id === SLACKBOT) {
    const name = id === SLACKBOT ? 'Slackbot' : app.botName;
    const profile: JsonObject = { real_name: name, display_name: name, team: team.id };
    if (id === app.botUserId) Object.assign(profile, { api_app_id: app.id, bot_id: botId(state) });
    return { id, team_id: team.id, name: name.toLowerCase(), real_name: name, deleted: false, is_bot: true, profile };
  }
  const user = users.find((one) => one.id === id);
  if (!user) return undefined;
  return {
    id,
    team_id: team.id,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    is_bot: false,
    is_app_user: false,
    is_restricted: false,
    tz: user.tz ?? 'Etc/UTC',
    tz_offset: 0,
    profile: {
      real_name: user.realName,
      display_name: user.name,
      email: user.email,
      title: user.title,
      team: team.id,
    },
  };
}

/** A channel or direct message, as `conversations.info` gives it. */
export function wireConversation(state: State, conversation: Conversation): JsonObject {
  const { app, team } = state.workspace;
  const direct = conversation.withUser !== undefined;
  const wire: JsonObject = {
    id: conversation.id,
    is_channel: !direct && !conversation.isPrivate,
    is_group: !direct && conversation.isPrivate,
    is_im: direct,
    is_mpim: false,
    is_private: conversation.isPrivate,
    is_archived: false,
    created: 0,
    context_team_id: team.id,
  };
  if (direct) return { ...wire, user: conversation.withUser };
  return {
    ...wire,
    name: conversation.name,
    name_normalized: conversation.name,
    is_member: conversation.members.has(app.botUserId),
    num_members: conversation.members.size,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: conversation.purpose, creator: '', last_set: 0 },
  };
}

/** `channel`, `group` or `im`: how message events name the kind of conversation. */
export function channelType(conversation: Conversation): 'channel' | 'group' | 'im' {
  if (conversation.withUser || conversation.isBetweenPeople) return 'im';
  return conversation.isPrivate ? 'group' : 'channel';
}
