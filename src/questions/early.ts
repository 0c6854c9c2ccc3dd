import type { Question } from './draft.ts';
import { listQuestion } from './list-accounts.ts';
import type { ReportCard } from './report-card.ts';
import { earlyReport } from './reports/early.ts';

const mostShown = 10;

/** Who is the right kind of company and not moving yet, and who is moving and not the right kind? */
export const earlyQuestion: Question<Record<never, never>, ReportCard> = async (ports, pin) => {
  const early = await listQuestion(ports, pin, { label: 'fit, early', limit: mostShown });
  const active = await listQuestion(ports, pin, { label: 'off-profile, active', limit: mostShown });
  const { text, figures, card } = earlyReport({
    asOf: pin.asOf,
    readsTiming: pin.model.model.criteria.some(({ part }) => part === 'timing'),
    early: { total: early.card.total, rows: early.card.rows },
    active: { total: active.card.total, rows: active.card.rows },
  });
  return { text, figures, card: { kind: 'report', topic: 'early', ...card }, read: [...early.read, ...active.read] };
};
