import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  KnownBlock,
  MrkdwnElement,
  SectionBlock,
} from '@slack/types';
import { limits } from '../limits.ts';
import { label } from './text.ts';

/** A message as a value: `text` is what notifications and screen readers get, `blocks` is what is drawn. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** `verbatim` keeps Slack from turning names and addresses in CRM text into mentions and links. */
function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: label(text, limits.headerText), emoji: false } };
}

export function section(text: string, accessory?: Button): SectionBlock {
  return { type: 'section', text: mrkdwn(text), ...(accessory && { accessory }) };
}

/** A picture that was uploaded, and what it shows in words. */
export interface Picture {
  fileId: string;
  altText: string;
}

export function picture({ fileId, altText }: Picture): ImageBlock {
  return { type: 'image', slack_file: { id: fileId }, alt_text: label(altText, limits.imageAltText) };
}

/** Two columns on a desk, one under the other on a phone. */
export function columns(texts: readonly string[]): SectionBlock {
  return { type: 'section', fields: texts.map(mrkdwn) };
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/**
 * Buttons, or a line that says there is nothing to press.
 *
 * A button whose value would not fit is left out: a shortened one would name another account.
 */
export function actions(buttons: readonly Button[]): ActionsBlock | ContextBlock {
  const sendable = buttons.filter(({ value = '' }) => value !== '' && value.length <= limits.buttonValue);
  if (sendable.length === 0) return context('Nothing to press: ask again in other words.');
  return { type: 'actions', elements: sendable.slice(0, limits.actionElements) };
}

export function button(text: string, actionId: string, value: string): Button {
  const name = label(text, limits.buttonText) || 'Open';
  return { type: 'button', action_id: actionId, value, text: { type: 'plain_text', text: name, emoji: false } };
}

/**
 * Lines packed into as few texts as will hold them, none longer than `max`.
 *
 * A line is never split: every line is bounded where it is written.
 *
 * @param between what stands between two lines; a line break when absent
 * @example packLines(['one', 'two', 'three'], 8); // => ['one\ntwo', 'three']
 */
export function packLines(lines: readonly string[], max: number, between = '\n'): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + between.length + line.length <= max) {
      texts[texts.length - 1] = `${last}${between}${line}`;
    } else texts.push(line);
  }
  return texts;
}

/** Lines as sections. */
export function lineSections(lines: readonly string[]): SectionBlock[] {
  return packLines(lines, limits.sectionText).map((text) => section(text));
}

/**
 * Blocks dealt out to as many messages as Slack's limits ask for, in order.
 *
 * @example intoMessages('Breakdown', []).length; // => 0
 */
export function intoMessages(text: string, blocks: readonly KnownBlock[]): Message[] {
  const messages: Message[] = [];
  let used = 0;
  for (const block of blocks) {
    const size = JSON.stringify(block).length;
    const last = messages.at(-1);
    if (last && last.blocks.length < limits.blocksInMessage && used + size <= limits.charactersInMessage) {
      last.blocks.push(block);
      used += size;
    } else {
      messages.push({ text, blocks: [block] });
      used = size;
    }
  }
  return messages;
}
