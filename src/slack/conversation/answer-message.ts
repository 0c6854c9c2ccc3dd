import type { AppMentionEvent, MessageEvent } from '@slack/types';
import { attempt } from '../attempt.ts';
import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { helpMessage } from '../views/help.ts';
import { converse } from './converse.ts';

/** What a person wrote, without what Slack wraps it in. */
export interface SpokenMessage {
  channel: string;
  ts: string;
  threadTs: string | null;
  user: string;
  /** Without the mention of us. */
  words: string;
  direct: boolean;
  mentionsUs: boolean;
  mentionsOthersFirst: boolean;
  answersUs: boolean;
}

/** @returns `null` for what no person wrote just now: other bots, edits, deletions, people joining */
export function spoken(event: AppMentionEvent | MessageEvent, us: string | undefined): SpokenMessage | null {
  const bySubtype =
    event.subtype !== undefined && event.subtype !== 'file_share' && event.subtype !== 'thread_broadcast';
  if (bySubtype || !('text' in event) || event.user === undefined) return null;
  if ('bot_id' in event && event.bot_id !== undefined) return null;
  const mention = `<@${us ?? ''}>`;
  const text = event.text ?? '';
  return {
    channel: event.channel,
    ts: event.ts,
    threadTs: ('thread_ts' in event && event.thread_ts) || null,
    user: event.user,
    words: text.replaceAll(mention, ' ').replace(/\s+/g, ' ').trim(),
    direct: 'channel_type' in event && event.channel_type === 'im',
    mentionsUs: text.includes(mention),
    mentionsOthersFirst: /^\s*<@/.test(text) && !text.trimStart().startsWith(mention),
    answersUs: 'parent_user_id' in event && event.parent_user_id !== undefined && event.parent_user_id === us,
  };
}

/**
 * Whether a message is meant for us without being a mention: in a direct conversation always, in a channel as a
 * follow-up in a thread where we have spoken, unless it speaks to somebody else.
 *
 * A mention comes a second time as `app_mention`, which answers it.
 */
export async function isForUs(desk: Desk, message: SpokenMessage): Promise<boolean> {
  if (message.direct) return true;
  if (message.threadTs === null || message.mentionsUs || message.mentionsOthersFirst) return false;
  return message.answersUs || (await desk.threads.hasSpoken(message.channel, message.threadTs));
}

/**
 * Answers in the thread of the message, once: Slack sends an event again when it is in doubt, and sends two for one
 * message.
 */
export async function answerMessage(desk: Desk, message: SpokenMessage, eventId: string): Promise<void> {
  const { claimEvent } = desk.deps;
  const { channel, ts, user, words } = message;
  if (!(await claimEvent(`event:${eventId}`)) || !(await claimEvent(`message:${channel}:${ts}`))) return;
  const place: Place = { channel, threadTs: message.threadTs ?? ts, user, respond: null };
  await attempt(desk, place, 'message', async () => {
    if (words === '') await post(desk.client, place, helpMessage());
    else await converse(desk, place, words);
  });
}
