import type { BlockAction, RespondFn, SlashCommand } from '@slack/bolt';
import { IcpError } from '../../errors.ts';
import { type AlertValue, readAlert, writeAlert } from '../buttons/alert-value.ts';
import { type AccountValue, readAccount, writeAccount } from '../buttons/button-value.ts';
import { type LeadValue, readLead, writeLead } from '../buttons/lead-value.ts';
import { type LineValue, readLine, writeLine } from '../buttons/line-value.ts';
import { readSubject, type SubjectValue, writeSubject } from '../buttons/subject-value.ts';
import type { Place } from '../post.ts';

/** A command answers in its channel; Slack sends no commands from threads. */
export function placeOfCommand(command: SlashCommand, respond: RespondFn): Place {
  return {
    channel: command.channel_id,
    threadTs: null,
    user: command.user_id,
    triggerId: command.trigger_id,
    respond: (message) => respond({ ...message, replace_original: false }),
  };
}

/** A button answers in the thread of the message it hangs on; a message that only one person sees has no thread. */
export function placeOfAction(body: BlockAction, respond: RespondFn): Place {
  const channel = body.channel?.id ?? body.container.channel_id;
  if (typeof channel !== 'string') {
    // Home has no channel; a message to the person is their own conversation with us.
    return { channel: body.user.id, threadTs: null, user: body.user.id, respond: null, triggerId: body.trigger_id };
  }
  return {
    channel,
    threadTs: body.container.is_ephemeral === true ? null : threadOf(body),
    user: body.user.id,
    triggerId: body.trigger_id,
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
  const { place, value } = readPlace(metadata, user);
  return { place, account: readAccount(value) };
}

/** The same for a modal about an alert. */
export function writeAlertMetadata({ channel, threadTs }: Place, alert: AlertValue): string {
  return JSON.stringify([channel, threadTs, writeAlert(alert)]);
}

/** @throws {IcpError} when the metadata is not ours */
export function readAlertMetadata(metadata: string, user: string): { place: Place; alert: AlertValue } {
  const { place, value } = readPlace(metadata, user);
  return { place, alert: readAlert(value) };
}

/** The same for a modal about a lead. */
export function writeLeadMetadata({ channel, threadTs }: Place, lead: LeadValue): string {
  return JSON.stringify([channel, threadTs, writeLead(lead)]);
}

/** @throws {IcpError} when the metadata is not ours */
export function readLeadMetadata(metadata: string, user: string): { place: Place; lead: LeadValue } {
  const { place, value } = readPlace(metadata, user);
  return { place, lead: readLead(value) };
}

/** The same for a modal about a flag. */
export function writeFlagMetadata({ channel, threadTs }: Place, flag: SubjectValue): string {
  return JSON.stringify([channel, threadTs, writeSubject(flag)]);
}

/** @throws {IcpError} when the metadata is not ours */
export function readFlagMetadata(metadata: string, user: string): { place: Place; flag: SubjectValue } {
  const { place, value } = readPlace(metadata, user);
  return { place, flag: readSubject(value) };
}

/** The same for a modal that needs to know no more than one word. */
export function writePlace({ channel, threadTs }: Place, value: string): string {
  return JSON.stringify([channel, threadTs, value]);
}

/** The same for a modal about a proposal or a line of it. */
export function writeLineMetadata({ channel, threadTs }: Place, line: LineValue): string {
  return JSON.stringify([channel, threadTs, writeLine(line)]);
}

/** @throws {IcpError} when the metadata is not ours */
export function readLineMetadata(metadata: string, user: string): { place: Place; line: LineValue } {
  const { place, value } = readPlace(metadata, user);
  return { place, line: readLine(value) };
}

/** Where a button of a proposal was pressed: in a modal, the place that the modal was opened from. */
export function placeOfPress(body: BlockAction, respond: RespondFn): Place {
  if (body.view?.type !== 'modal') return placeOfAction(body, respond);
  const { place } = readPlace(body.view.private_metadata, body.user.id);
  return { ...place, triggerId: body.trigger_id };
}

/** @throws {IcpError} when the metadata is not ours */
export function readPlace(metadata: string, user: string): { place: Place; value: string } {
  const parts: unknown = JSON.parse(metadata);
  const [channel, threadTs, value]: unknown[] = Array.isArray(parts) ? parts : [];
  if (typeof channel === 'string' && (threadTs === null || typeof threadTs === 'string') && typeof value === 'string') {
    return { place: { channel, threadTs, user, respond: null }, value };
  }
  throw new IcpError('stale_modal', 'this form does not say where it belongs; open it again from its card');
}
