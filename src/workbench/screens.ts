import { escapeHtml } from './slack/html.ts';
import { asObjects, asText } from './slack/json.ts';
import { repliesTo } from './slack/payloads.ts';
import { picture, renderBlocks, renderText } from './slack/render.ts';
import type { LocalSlack } from './slack/slack.ts';
import { betweenId, directMessageId, type Message, SLACKBOT, type State, visibleMessages } from './slack/state.ts';

/** What the page shows, as data: one function a part of the screen. */

export type Seen = Map<string, string>;

/** `seen` holds the newest message that each person has looked at, by `user:channel`. */
export function describeWorkspace({ state, sockets }: LocalSlack, seen: Seen, user: string) {
  const { team, users, app } = state.workspace;
  const isUnread = (channel: string) =>
    visibleMessages(state, user, channel).some(
      (message) => message.user !== user && message.ts > (seen.get(`${user}:${channel}`) ?? ''),
    );
  return {
    team,
    app: { ...app, connected: sockets.connected() > 0 },
    users: users.map((one) => {
      const directMessage = directMessageId(one.id);
      const between = one.id === user ? undefined : betweenId(one.id, user);
      const unread = isUnread(between ?? directMessage);
      return { ...one, directMessage, between, unread };
    }),
    channels: [...state.conversations.values()]
      .filter((one) => !one.withUser && !one.isBetweenPeople)
      .map(({ id, name, purpose, members, isPrivate }) => ({
        id,
        name,
        purpose,
        isPrivate,
        members: [...members],
        unread: isUnread(id),
      })),
    revision: state.revision,
  };
}

/** One conversation, or one thread of it, as a person sees it. */
export function describeConversation(slack: LocalSlack, user: string, channel: string, threadTs?: string) {
  const { state, sockets } = slack;
  const all = visibleMessages(state, user, channel, threadTs);
  const whole = state.threads.get(channel);
  const here = threadTs ? state.threads.get(`${channel}:${threadTs}`) : undefined;
  const statuses = threadTs ? [here] : [whole, ...all.map((one) => state.threads.get(`${channel}:${one.ts}`))];
  const speaking = statuses.find((one) => one?.status);
  const inDirectMessage = state.conversations.get(channel)?.withUser !== undefined;
  return {
    connected: sockets.connected() > 0,
    messages: all.map((message) => describeMessage(state, user, message, threadTs !== undefined)),
    status: speaking?.status,
    loadingMessages: speaking?.loadingMessages,
    title: here?.title,
    canStop: statuses.some((one) => one?.session === 'processing'),
    prompts:
      inDirectMessage && !threadTs
        ? (whole?.prompts ?? { prompts: state.workspace.app.suggestedPrompts ?? [] })
        : undefined,
    modals: slack.views.stack(user).length,
    revision: state.revision,
  };
}

const drawings = new WeakMap<Message, { version: number; html: string }>();

function describeMessage(state: State, user: string, message: Message, inThread: boolean) {
  const known = drawings.get(message);
  const html = known?.version === message.version ? known.html : drawMessage(state, message);
  drawings.set(message, { version: message.version, html });
  const replies = inThread ? [] : repliesTo(state, message);
  return {
    ts: message.ts,
    author: describeAuthor(state, message),
    html,
    isEphemeral: message.ephemeralTo !== undefined,
    edited: message.editedTs !== undefined && !message.stream,
    failure: message.failure,
    streaming: message.stream?.open ?? false,
    threadTs: message.threadTs,
    reactions: message.reactions.map((one) => ({
      name: one.name,
      html: renderText(state, `:${one.name}:`),
      count: one.users.length,
      mine: one.users.includes(user),
    })),
    replies: {
      count: replies.length,
      latest: replies.at(-1)?.ts,
      authors: [...new Set(replies.map((one) => one.user))].map((id) => describePerson(state, id)),
    },
  };
}

function drawMessage(state: State, message: Message): string {
  const filled = { values: message.values ?? {}, errors: {} };
  const words = message.blocks?.length ? renderBlocks(state, message.blocks, filled) : renderText(state, message.text);
  const files = message.files
    .flatMap((id) => state.files.get(id) ?? [])
    .map((file) => {
      const address = `/files/${file.id}/${encodeURIComponent(file.name)}`;
      return file.mimetype.startsWith('image/')
        ? `<figure><figcaption>${escapeHtml(file.title)}</figcaption>${picture(address, file.altText || file.title)}</figure>`
        : `<a class="file" href="${address}" download>${escapeHtml(file.title)}</a>`;
    });
  const attached = drawAttachments(state, message);
  return [words, attached, ...files].join('');
}

function drawAttachments(state: State, message: Message): string {
  return (message.attachments ?? [])
    .map((one) => {
      const inside = one.blocks
        ? renderBlocks(state, asObjects(one.blocks))
        : renderText(state, asText(one.text) || asText(one.fallback));
      return `<div class="attachment">${inside}</div>`;
    })
    .join('');
}

function describeAuthor(state: State, message: Message) {
  const author = describePerson(state, message.user);
  return message.username ? { ...author, name: message.username } : author;
}

function describePerson(state: State, id: string) {
  const { app, users } = state.workspace;
  if (id === app.botUserId) return { id, name: app.botName, kind: 'app' };
  if (id === SLACKBOT) return { id, name: 'Slackbot', kind: 'slack' };
  const user = users.find((one) => one.id === id);
  return { id, name: user?.realName ?? id, kind: 'person', title: user?.title, color: user?.color };
}

/** The modals before a person, the top one last. */
export function describeModals({ state, views }: LocalSlack, user: string) {
  return views.stack(user).map((view) => ({
    id: view.id,
    version: view.version,
    title: view.given.title ?? null,
    submit: view.given.submit ?? null,
    close: view.given.close ?? null,
    error: view.errors[''] ?? null,
    html: renderBlocks(state, asObjects(view.given.blocks), view),
  }));
}

/** The app's Home tab as this person sees it. */
export function describeHome({ state, views }: LocalSlack, user: string) {
  const view = views.home(user);
  if (!view) return { html: '' };
  return { id: view.id, version: view.version, html: renderBlocks(state, asObjects(view.given.blocks), view) };
}
