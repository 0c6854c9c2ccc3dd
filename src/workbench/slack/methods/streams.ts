import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { checkBlocks } from '../block-limits.ts';
import { announceChange } from '../events.ts';
import { asObjects, asText, type JsonObject } from '../json.ts';
import { wireMessage } from '../payloads.ts';
import type { LocalSlack } from '../slack.ts';
import { addMessage, type Message, threadState } from '../state.ts';
import { joinedConversationOf, messageOf, nameBlocks } from './arguments.ts';
import { clearStatus } from './chat.ts';

/** Cumulative, counted by people who ran into it (CopilotKit#6064). */
const MOST_CHARACTERS = 12_000;

/**
 * Messages that grow while a person reads: start, append, stop.
 *
 * A stream may stay open about five minutes (vercel/chat#607, node-slack-sdk#2702), then appending is
 * `message_not_in_streaming_state`. Outside direct messages the recipient must be named.
 *
 * @see https://docs.slack.dev/reference/methods/chat.startStream
 */
export const streamMethods: Record<string, Method> = {
  'chat.startStream': (slack, args) => {
    const { state } = slack;
    const conversation = joinedConversationOf(state, args);
    if (!conversation.withUser) {
      if (!asText(args.recipient_user_id)) throw new SlackApiError('missing_recipient_user_id');
      if (!asText(args.recipient_team_id)) throw new SlackApiError('missing_recipient_team_id');
    }
    const threadTs = asText(args.thread_ts);
    const message = addMessage(state, {
      channel: conversation.id,
      user: state.workspace.app.botUserId,
      text: '',
      stream: { startedAt: state.clock(), open: true, markdown: '', tasks: [], extra: [] },
      ...(threadTs ? { threadTs } : {}),
    });
    append(slack, message, args);
    threadState(state, conversation.id, threadTs || message.ts).session = 'processing';
    clearStatus(slack, conversation.id, threadTs || undefined);
    return { channel: conversation.id, ts: message.ts };
  },

  'chat.appendStream': (slack, args) => {
    const message = messageOf(slack.state, args);
    append(slack, message, args);
    return { channel: message.channel, ts: message.ts };
  },

  'chat.stopStream': (slack, args) => {
    const { state } = slack;
    const message = messageOf(state, args);
    const previous = wireMessage(state, message);
    append(slack, message, args);
    if (message.stream) message.stream.open = false;
    const extra = asObjects(args.blocks);
    const problems = extra.length > 0 ? checkBlocks(extra) : [];
    if (problems.length > 0) throw new SlackApiError('invalid_blocks', { response_metadata: { messages: problems } });
    message.blocks = [...(message.blocks ?? []), ...nameBlocks(state, extra)];
    if (args.metadata) message.metadata = args.metadata;
    threadState(state, message.channel, message.threadTs ?? message.ts).session =
      asText(args.session_status) || 'active';
    state.touch(message);
    void announceChange(slack, message, previous);
    return { channel: message.channel, ts: message.ts, message: wireMessage(state, message) };
  },
};

function append({ state, faults }: LocalSlack, message: Message, args: JsonObject): void {
  const { stream } = message;
  const expired = stream && state.clock() - stream.startedAt > faults.streamLifetimeMs;
  if (!stream?.open || expired) throw new SlackApiError('message_not_in_streaming_state');
  const chunks = asObjects(args.chunks);
  const words = [asText(args.markdown_text), ...chunks.filter(isWords).map((chunk) => asText(chunk.text))].join('');
  if (stream.markdown.length + words.length > MOST_CHARACTERS) throw new SlackApiError('msg_too_long');
  stream.markdown += words;
  for (const chunk of chunks) {
    if (chunk.type === 'plan_update') stream.planTitle = asText(chunk.title);
    if (chunk.type === 'task_update') updateTask(stream.tasks, chunk);
    if (chunk.type === 'blocks') stream.extra.push(...nameBlocks(state, asObjects(chunk.blocks)));
  }
  message.text = stream.markdown;
  message.blocks = [...drawn(stream), ...stream.extra];
  state.touch(message);
}

const isWords = (chunk: JsonObject) => chunk.type === 'markdown_text';

function updateTask(tasks: JsonObject[], chunk: JsonObject): void {
  const known = tasks.find((task) => task.task_id === chunk.id);
  const { id, type, ...fields } = chunk;
  if (known) Object.assign(known, fields);
  else tasks.push({ task_id: id ?? '', ...fields });
}

/** What has arrived so far, as the blocks that draw it. */
function drawn(stream: NonNullable<Message['stream']>): JsonObject[] {
  const tasks = stream.tasks.map((task): JsonObject => ({ type: 'task_card', ...task }));
  const plan: JsonObject[] = stream.planTitle
    ? [{ type: 'plan', block_id: 'plan', title: stream.planTitle, tasks: stream.tasks }]
    : tasks.map((task, i) => ({ ...task, block_id: `task${i}` }));
  const words: JsonObject[] = stream.markdown ? [{ type: 'markdown', block_id: 'stream', text: stream.markdown }] : [];
  return [...plan, ...words];
}
