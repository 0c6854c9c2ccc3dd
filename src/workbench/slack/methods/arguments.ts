import { SlackApiError } from '../api-error.ts';
import { checkBlocks } from '../block-limits.ts';
import { asObject, asObjects, asText, type JsonObject } from '../json.ts';
import { type Conversation, findMessage, type Message, type State } from '../state.ts';

/** A required string argument. @throws {SlackApiError} `invalid_arguments` when it is missing */
export function required(args: JsonObject, name: string): string {
  const value = asText(args[name]);
  if (value) return value;
  throw new SlackApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

/**
 * The conversation named in `channel`; a user id means the direct message with that person, as chat.postMessage allows.
 *
 * A private channel that the app is not in is `channel_not_found`: the app may not learn that it exists.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage errors `channel_not_found`, `not_in_channel`
 */
export function conversationOf(state: State, args: JsonObject, name = 'channel'): Conversation {
  const given = required(args, name);
  const bot = state.workspace.app.botUserId;
  const found = [...state.conversations.values()].find(
    (one) => one.id === given || one.withUser === given || `#${one.name}` === given,
  );
  if (!found || (found.isPrivate && !found.members.has(bot))) throw new SlackApiError('channel_not_found');
  return found;
}

/** The same, for what only members may do. @throws {SlackApiError} `not_in_channel` */
export function joinedConversationOf(state: State, args: JsonObject, name = 'channel'): Conversation {
  const conversation = conversationOf(state, args, name);
  if (!conversation.members.has(state.workspace.app.botUserId)) throw new SlackApiError('not_in_channel');
  return conversation;
}

/** The message named by `channel` and a timestamp argument. @throws {SlackApiError} `message_not_found` */
export function messageOf(state: State, args: JsonObject, name = 'ts'): Message {
  const found = findMessage(state, conversationOf(state, args).id, required(args, name));
  if (!found) throw new SlackApiError('message_not_found');
  return found;
}

/** Slack cuts messages longer than 40,000 characters; a caller should know. */
const LONGEST_TEXT = 40_000;

/**
 * Checked text and blocks of a message.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage errors `no_text`, `msg_too_long`, `invalid_blocks`
 */
export function contentOf(state: State, args: JsonObject): { text: string; blocks?: JsonObject[] } {
  const text = asText(args.text) || asText(args.markdown_text);
  if (text.length > LONGEST_TEXT) throw new SlackApiError('msg_too_long');
  if (args.blocks === undefined || (Array.isArray(args.blocks) && args.blocks.length === 0)) {
    if (!text && !asObjects(args.attachments).length) throw new SlackApiError('no_text');
    return args.markdown_text ? { text, blocks: [{ type: 'markdown', block_id: 'md', text }] } : { text };
  }
  const problems = checkBlocks(args.blocks);
  if (problems.length > 0) {
    throw new SlackApiError('invalid_blocks', { errors: problems, response_metadata: { messages: problems } });
  }
  return { text, blocks: nameBlocks(state, asObjects(args.blocks)) };
}

/** "If a block_id is not specified, one will be generated"; likewise for action ids, and our page presses by both. */
export function nameBlocks(state: State, blocks: JsonObject[]): JsonObject[] {
  const name = (element: JsonObject): JsonObject =>
    element.action_id || ['image', 'mrkdwn', 'plain_text'].includes(asText(element.type))
      ? element
      : { ...element, action_id: state.ids.next('a') };
  return blocks.map((block) => {
    const named: JsonObject = { ...block, block_id: asText(block.block_id) || state.ids.next('b') };
    if (Array.isArray(block.elements) && ['actions', 'context_actions'].includes(asText(block.type))) {
      named.elements = asObjects(block.elements).map(name);
    }
    if (block.accessory) named.accessory = name(asObject(block.accessory));
    if (block.type === 'input') named.element = name(asObject(block.element));
    return named;
  });
}

/** A page of a list by `limit` and `cursor`, with Slack's `response_metadata`. */
export function pageOf<T>(items: T[], args: JsonObject, most = 100): { page: T[]; next: string } {
  const from = Number(Buffer.from(asText(args.cursor), 'base64url').toString() || 0) || 0;
  const count = Math.min(Number(args.limit) || most, 1000);
  const next = from + count < items.length ? Buffer.from(String(from + count)).toString('base64url') : '';
  return { page: items.slice(from, from + count), next };
}
