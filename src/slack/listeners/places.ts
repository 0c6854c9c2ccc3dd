import type { BlockAction, RespondFn, SlashCommand } from '@slack/bolt';
import { IcpError } from '../../errors.ts';
import { type AccountValue, readAccount, writeAccount } from '../button-value.ts';
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

/** A modal answers where its button was pressed: channel, thread and account travel through Slack in its metadata. */
export function writeMetadata({ channel, threadTs }: Place, account: AccountValue): string {
  return JSON.stringify([channel, threadTs, writeAccount(account)]);
}

/** @throws {IcpError} when the metadata is not ours */
export function readMetadata(metadata: string, user: string): { place: Place; account: AccountValue } {
  const parts: unknown = JSON.parse(metadata);
  const [channel, threadTs, account]: unknown[] = Array.isArray(parts) ? parts : [];
  if (
    typeof channel === 'string' &&
    (threadTs === null || typeof threadTs === 'string') &&
    typeof account === 'string'
  ) {
    return { place: { channel, threadTs, user, respond: null }, account: readAccount(account) };
  }
  throw new IcpError('stale_modal', 'this form does not say where it belongs; open it again from its card');
}
