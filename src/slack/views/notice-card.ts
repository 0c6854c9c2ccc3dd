import type { NoticeCard } from '../../questions/types.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { limits } from '../limits.ts';
import { actions, button, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

/** A plain message: nothing found, not understood, did you mean. */
export function noticeCard({ title, text, choices }: NoticeCard): Message {
  const buttons = choices
    .slice(0, limits.actionElements)
    .map(({ label, question }, index) => button(label, numbered(actionIds.ask, index), question));
  const heading = plain(title, 150) || 'Notice';
  return {
    text: heading,
    blocks: [section(`*${heading}*\n${plain(text, 2500)}`), actions(buttons)],
  };
}
