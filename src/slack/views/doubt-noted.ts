import { context, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

/** What somebody sees who doubted a score. */
export function doubtNoted(accountName: string, reviewer: string | null): Message {
  const who =
    reviewer === null ? 'Whoever runs Lodestar finds it in its log' : `${plain(reviewer, 80)} will look at it`;
  const text = `Noted: you doubt the score of ${plain(accountName, 150)}. ${who}.`;
  return {
    text,
    blocks: [section(text), context('Nothing to press: the score stays as it is until a person has looked.')],
  };
}
