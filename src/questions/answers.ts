import type { LeadAnswer } from '../icp/leads/lead-standing.ts';
import { type Became, tallyAnswers } from '../icp/leads/tally-answers.ts';
import { deriveOutcomes } from '../icp/outcomes.ts';
import { readHistories } from '../store/histories.ts';
import { answersSince } from '../store/lead-answers.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import type { Pin } from './pin.ts';
import type { ReportCard } from './report-card.ts';
import { answersReport } from './reports/answers.ts';
import { reportQuestion } from './show-report.ts';

const dayMs = 86_400_000;
const usualDays = 365;

export interface AnswersArguments {
  /** Up to when. */
  at: number;
  /** How many days before that; a year unless given. */
  days?: number;
  /** How good we were: what forecasts promised belongs beside what was said at the moment of a decision. */
  about?: string;
  findings?: number | null;
  words?: number;
}

/** What did reps say of the leads that they were given, and who was right? */
export const answersQuestion: Question<AnswersArguments, ReportCard> = async (ports, pin, args) => {
  const { store } = ports;
  const { at: until, days = usualDays, findings, words = 0 } = args;
  const answers = (await answersSince(store, pin.book.name, until - days * dayMs))
    .filter(({ at }) => at <= until)
    .map((answer) => asOf(answer, until));
  const tally = tallyAnswers(answers, await whatBecame(store, pin, answers));
  const promised =
    findings == null ? null : await reportQuestion(ports, pin, { topic: 'calibration', findings, words });
  const { text, figures, card } = answersReport({ ...tally, until, days }, promised);
  return {
    ...{ text, figures },
    card: { kind: 'report', topic: 'answers', ...card },
    read: [
      ...(promised?.read ?? []),
      `the answers of people to leads of the book ${pin.book.name} in the ${days} days up to ${new Date(until).toISOString().slice(0, 16)}, each with what the model said at that moment`,
      `what became of their accounts, as of ${new Date(pin.asOf).toISOString().slice(0, 10)}`,
    ],
  };
};

/** An answer as it stood at a moment: what was taken back later still stands. */
function asOf(answer: LeadAnswer, until: number): LeadAnswer {
  if (answer.undoneAt === null || answer.undoneAt <= until) return answer;
  return { ...answer, undoneAt: null, undoneBy: null };
}

async function whatBecame(store: Store, pin: Pin, answers: readonly LeadAnswer[]): Promise<Map<number, Became>> {
  const byAccount = Map.groupBy(answers, ({ accountId }) => accountId);
  const accountIds = [...byAccount.keys()].filter((id) => id !== null);
  const { name, timeKind, clock } = pin.book;
  const became = new Map<number, Became>();
  if (timeKind === 'order') return became;
  for await (const histories of readHistories(store, name, { importId: pin.importId, accountIds })) {
    for (const history of histories) {
      const { outcomes } = deriveOutcomes(history, { asOf: pin.asOf });
      for (const { id, at } of byAccount.get(history.id) ?? []) {
        const answeredAt = Math.min(at, clock ?? at);
        const firstOf = (kind: 'won' | 'lost') =>
          outcomes.find((outcome) => outcome.kind === kind && outcome.occurredAt >= answeredAt)?.occurredAt ?? null;
        became.set(id, { wonAt: firstOf('won'), lostAt: firstOf('lost') });
      }
    }
  }
  return became;
}
