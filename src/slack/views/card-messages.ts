import { assertNever } from '../../errors.ts';
import type { Answer } from '../../questions/types.ts';
import type { Message } from './blocks.ts';
import { compareCard } from './compare-card.ts';
import { coverageCard } from './coverage-card.ts';
import { criteriaCard } from './criteria-card.ts';
import { historyCard } from './history-card.ts';
import { listCard } from './list-card.ts';
import { noticeCard } from './notice-card.ts';
import { reportCard } from './report-card.ts';
import { type ScoreCardOptions, scoreCard } from './score-card.ts';

/** The messages that draw an answer, in order; most are one, a long list or history is several. */
export function cardMessages(answer: Answer, options: ScoreCardOptions = {}): Message[] {
  const { card } = answer;
  switch (card.kind) {
    case 'score':
      return [scoreCard({ ...answer, card }, options)];
    case 'compare':
      return compareCard({ ...answer, card });
    case 'list':
      return listCard({ ...answer, card });
    case 'criteria':
      return criteriaCard({ ...answer, card });
    case 'coverage':
      return coverageCard({ ...answer, card });
    case 'history':
      return historyCard({ ...answer, card });
    case 'report':
      return reportCard({ ...answer, card }, options.picture ?? null);
    case 'notice':
      return [noticeCard(card)];
    default:
      return assertNever(card satisfies never);
  }
}
