import type { ScoreChange } from '../../icp/changes/score-change.ts';
import { scoreChangeLine } from '../../questions/score-change-line.ts';
import { context, lineSections, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

const longestLine = 400;

/** Tells an owner which of their accounts score otherwise since the CRM was last read, and why. */
export function scoreChangedMessage(changes: readonly ScoreChange[]): Message {
  const title = `${changes.length === 1 ? 'One of your accounts scores' : `${changes.length} of your accounts score`} otherwise than before`;
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...lineSections(changes.map((change) => plain(scoreChangeLine(change), longestLine))),
      context('Nothing to press: ask why an account changed to see every part of it.'),
    ],
  };
}
