import { createIds, type Ids } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import type { SuggestedPrompt, WorkspaceOptions } from './workspace.ts';

/** A message as it is kept; `slack/payloads.ts` says how each side sees it. */
export interface Message {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks?: JsonObject[];
  attachments?: JsonObject[];
  threadTs?: string;
  clientMsgId?: string;
  byApp: boolean;
  /** Named by the app in chat.postMessage. */
  username?: string;
  editedTs?: string;
  files: string[];
  reactions: { name: string; users: string[] }[];
  metadata?: Json;
  /** Only this person sees it, and it is in no history. */
  ephemeralTo?: string;
  /** Said by Slack itself, such as a command that timed out. */
  bySlack?: boolean;
  /** What menus and inputs in the message hold, by block and action. */
  values?: { [blockId: string]: { [actionId: string]: JsonObject } };
  /** A press that the app did not acknowledge. */
  failure?: string;
  stream?: {
    startedAt: number;
    open: boolean;
    markdown: string;
    tasks: JsonObject[];
    extra: JsonObject[];
    planTitle?: string;
  };
  /** Raised on every change, so that a drawing can be kept. */
  version: number;
}

export interface Conversation {
  id: string;
  name: string;
  purpose: string;
  members: Set<string>;
  isPrivate: boolean;
  /** The person on the other side of the app's direct message. */
  withUser?: string;
  /** A direct message between two people, of which the app knows nothing. */
  isBetweenPeople?: boolean;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  altText: string;
  bytes: Uint8Array;
  uploaded: boolean;
  channels: string[];
  user: string;
  created: number;
}

/** What the app has set for a conversation or one of its threads. */
export interface ThreadState {
  status?: string;
  loadingMessages?: string[];
  title?: string;
  session?: string;
  prompts?: { title?: string; prompts: SuggestedPrompt[] };
}

export interface State {
  readonly workspace: WorkspaceOptions;
  readonly ids: Ids;
  readonly clock: () => number;
  readonly conversations: Map<string, Conversation>;
  readonly messages: Message[];
  readonly files: Map<string, StoredFile>;
  /** By `channel` or `channel:thread_ts`. */
  readonly threads: Map<string, ThreadState>;
  readonly revision: number;
  /** Says that people should look again; every mutation ends with it. */
  touch(message?: Message): void;
  onChange(listener: () => void): () => void;
  /** Forgets all messages and files; members are as they were at the start. */
  reset(): void;
}

export const SLACKBOT = 'USLACKBOT';

/** An empty workspace with its channels and one direct message between the app and each person. */
export function createState(workspace: WorkspaceOptions, clock: () => number): State {
  const listeners = new Set<() => void>();
  let revision = 0;
  const conversations = new Map<string, Conversation>();
  const state: State = {
    workspace,
    clock,
    conversations,
    ids: createIds(clock),
    messages: [],
    files: new Map(),
    threads: new Map(),
    get revision() {
      return revision;
    },
    touch(message) {
      revision += 1;
      if (message) message.version += 1;
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset() {
      state.messages.length = 0;
      state.files.clear();
      state.threads.clear();
      for (const conversation of initialConversations(workspace)) conversations.set(conversation.id, conversation);
      state.touch();
    },
  };
  state.reset();
  return state;
}

/** The id of the direct message between two people, whichever is named first. */
export function betweenId(one: string, other: string): string {
  return `D${[one, other]
    .sort()
    .map((id) => id.slice(1))
    .join('')}`;
}

function initialConversations({ channels, users, app }: WorkspaceOptions): Conversation[] {
  return [
    ...channels.map(({ id, name, purpose, members, isPrivate }) => {
      return { id, name, purpose, members: new Set(members), isPrivate: isPrivate ?? false };
    }),
    ...users.map((user) => {
      const members = new Set([user.id, app.botUserId]);
      return { id: directMessageId(user.id), name: '', purpose: '', members, isPrivate: true, withUser: user.id };
    }),
    ...users.flatMap((one, i) =>
      users.slice(i + 1).map((other) => {
        const members = new Set([one.id, other.id]);
        return {
          id: betweenId(one.id, other.id),
          name: '',
          purpose: '',
          members,
          isPrivate: true,
          isBetweenPeople: true,
        };
      }),
    ),
  ];
}

/** The id of the direct message between the app and a person. */
export function directMessageId(user: string): string {
  return `D${user.slice(1)}`;
}

/** The message with this timestamp in this channel, ephemeral ones left out. */
export function findMessage(state: State, channel: string, ts: string): Message | undefined {
  return state.messages.find((message) => message.channel === channel && message.ts === ts && !message.ephemeralTo);
}

/** What the app set for a thread, made on first use. */
export function threadState(state: State, channel: string, threadTs?: string): ThreadState {
  const key = threadTs ? `${channel}:${threadTs}` : channel;
  const known = state.threads.get(key) ?? {};
  state.threads.set(key, known);
  return known;
}

export type NewMessage = Omit<Message, 'ts' | 'files' | 'reactions' | 'version' | 'byApp'> & Partial<Message>;

/** Keeps a message and tells the page. */
export function addMessage(state: State, given: NewMessage): Message {
  const message: Message = {
    ts: state.ids.timestamp(),
    files: [],
    reactions: [],
    version: 0,
    byApp: given.user === state.workspace.app.botUserId,
    ...given,
  };
  state.messages.push(message);
  state.touch();
  return message;
}

/** What a person sees in a conversation, or in one of its threads, oldest first. */
export function visibleMessages(state: State, user: string, channel: string, threadTs?: string): Message[] {
  if (!state.conversations.get(channel)?.members.has(user)) return [];
  return state.messages.filter(
    (message) =>
      message.channel === channel &&
      (!message.ephemeralTo || message.ephemeralTo === user) &&
      (threadTs === undefined
        ? message.threadTs === undefined || message.threadTs === message.ts
        : message.ts === threadTs || message.threadTs === threadTs),
  );
}
