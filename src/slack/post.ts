import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Message } from './views/blocks.ts';

/** Where an answer goes. */
export interface Place {
  channel: string;
  /** The thread; `null` is the channel itself. */
  threadTs: string | null;
  /** Who asked: the only one who sees an answer in a channel that the app is not in. */
  user: string;
  /** The way back of a command or button, which works where the app is no member: five messages in 30 minutes. */
  respond: ((message: Message & { response_type: 'ephemeral' }) => Promise<unknown>) | null;
  /** What opens a modal, within three seconds of the press or the command. */
  triggerId?: string;
}

export interface Posted {
  channel: string;
  ts: string;
}

/** Nothing that a CRM wrote unfolds into somebody's page. */
const quiet = { unfurl_links: false, unfurl_media: false };

const notAMember = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action']);

/**
 * Posts a message, or shows it to the asker alone where the app may not post.
 *
 * @returns where it is, for an update or a thread; `null` when only the asker can see it
 */
export async function post(client: WebClient, place: Place, message: Message): Promise<Posted | null> {
  try {
    const sent = await client.chat.postMessage({
      channel: place.channel,
      ...(place.threadTs !== null && { thread_ts: place.threadTs }),
      ...message,
      ...quiet,
    });
    return sent.ts === undefined ? null : { channel: sent.channel ?? place.channel, ts: sent.ts };
  } catch (error) {
    if (!isRefusal(error) || place.respond === null) throw error;
    await place.respond({ ...message, response_type: 'ephemeral' });
    return null;
  }
}

/** Something that only the asker sees. */
export async function whisper(client: WebClient, place: Place, message: Message): Promise<void> {
  if (place.respond) await place.respond({ ...message, response_type: 'ephemeral' });
  else {
    await ephemeral(client, place, message);
  }
}

/** Where the app is no member it cannot whisper either, and the person's own conversation with it is left. */
async function ephemeral(client: WebClient, { channel, threadTs, user }: Place, message: Message): Promise<void> {
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  try {
    await client.chat.postEphemeral({ channel, user, ...thread, ...message });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await client.chat.postMessage({ channel: user, ...message, ...quiet });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && notAMember.has(error.data.error);
}
