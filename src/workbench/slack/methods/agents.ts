import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { asObjects, asText } from '../json.ts';
import { threadState } from '../state.ts';
import { conversationOf, required } from './arguments.ts';

const MOST_PROMPTS = 4;

/** Status line, suggested prompts, titles and sessions. @see https://docs.slack.dev/ai/developing-agents */
export const agentMethods: Record<string, Method> = {
  /** An empty status takes the line away. @see https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
  'assistant.threads.setStatus': ({ state }, args) => {
    const conversation = conversationOf(state, args, 'channel_id');
    const thread = threadState(state, conversation.id, asText(args.thread_ts) || undefined);
    const status = asText(args.status);
    if (status) thread.status = status;
    else delete thread.status;
    if (status && Array.isArray(args.loading_messages)) thread.loadingMessages = args.loading_messages.map(asText);
    else delete thread.loadingMessages;
    state.touch();
    return {};
  },

  /** At most four; an agent app sets them for the whole direct message, without thread_ts. */
  'assistant.threads.setSuggestedPrompts': ({ state }, args) => {
    const conversation = conversationOf(state, args, 'channel_id');
    const prompts = asObjects(args.prompts).map(({ title, message }) => ({
      title: asText(title),
      message: asText(message),
    }));
    if (prompts.length > MOST_PROMPTS) throw new SlackApiError('invalid_arguments');
    // With a thread_ts the call succeeds and nothing is shown (docs: agent apps leave thread_ts out).
    if (asText(args.thread_ts)) return {};
    const title = asText(args.title);
    threadState(state, conversation.id).prompts = { prompts, ...(title ? { title } : {}) };
    state.touch();
    return {};
  },

  'assistant.threads.setTitle': ({ state }, args) => {
    const conversation = conversationOf(state, args, 'channel_id');
    threadState(state, conversation.id, required(args, 'thread_ts')).title = required(args, 'title');
    state.touch();
    return {};
  },

  'agents.sessions.setStatus': ({ state }, args) => {
    const conversation = conversationOf(state, args, 'channel_id');
    const thread = threadState(state, conversation.id, required(args, 'thread_ts'));
    const status = required(args, 'status');
    if (!['active', 'processing', 'suspended', 'closed'].includes(status)) throw new SlackApiError('invalid_arguments');
    thread.session = status;
    if (asText(args.title)) thread.title = asText(args.title);
    state.touch();
    return {};
  },

  'agents.sessions.rename': ({ state }, args) => {
    const conversation = conversationOf(state, args, 'channel_id');
    threadState(state, conversation.id, required(args, 'thread_ts')).title = required(args, 'title');
    state.touch();
    return {};
  },
};
