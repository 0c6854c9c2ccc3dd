import type { Answer, ScoreCard } from '../../questions/types.ts';
import type { Message } from './blocks.ts';
import { type ScoreCardOptions, scoreCard } from './score-card.ts';

export function cardMessages(answer: Answer, options: ScoreCardOptions = {}): Message[] {
  return [scoreCard(answer as Answer<ScoreCard>, options)];
}
