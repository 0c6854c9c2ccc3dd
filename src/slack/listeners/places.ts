import type { BlockAction, RespondFn, SlashCommand } from '@slack/bolt';
import { IcpError } from '../../errors.ts';
import type { Place } from '../post.ts';

/** A command answers in its channel; Slack sends no commands from threads. */
export function placeOfCommand(command: SlashCommand, respond: RespondFn): Place {
  return {
    channel: command.channel_id,
    threadTs: null,
    user: command.user_id,
    respond: (message) => respond({ ...message, replace_original: false }),
  };
}

/** A button answers in the thread of the message it hangs on; a message that only one person sees has no thread. */
export function placeOfAction(body: BlockAction, respond: RespondFn): Place {
  const channel = body.channel?.id ?? body.container.channel_id;
  if (typeof channel !== 'string') {
    // Home has no channel; a message to the person is their own conversation with us.
    return { channel: body.user.id, threadTs: null, user: body.user.id, respond: null };
  }
  return {
    channel,
    threadTs: body.container.is_ephemeral === true ? null : threadOf(body),
    user: body.user.id,
    respond: (message) => respond({ ...message, replace_original: false }),
  };
}

function threadOf({ message, container }: BlockAction): string | null {
  const ts: unknown = message?.thread_ts ?? container.thread_ts ?? message?.ts ?? container.message_ts;
  return typeof ts === 'string' ? ts : null;
}

/** The channel and thread a modal was opened from, carried through Slack in its metadata. */
export function writePlace({ channel, threadTs }: Pick<Place, 'channel' | 'threadTs'>): string {
  return JSON.stringify([channel, threadTs]);
}

/** @throws {IcpError} when the metadata is not ours */
export function readPlace(value: unknown, user: string): Place {
  if (Array.isArray(value) && typeof value[0] === 'string') {
    return { channel: value[0], threadTs: typeof value[1] === 'string' ? value[1] : null, user, respond: null };
  }
  throw new IcpError('stale_modal', 'this form does not say where it belongs; open it again from its card');
}
