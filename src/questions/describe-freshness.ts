import { type FreshnessFindings, findFreshness } from '../icp/freshness/find-freshness.ts';
import { isAnswerKind } from '../icp/outreach/answer-kinds.ts';
import { freshnessOf } from '../icp/staleness.ts';
import { fieldAges, signalAges, sourceAges } from '../store/data-ages.ts';
import { criteriaLearntAt } from '../store/findings.ts';
import { lastRunOfEach } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import type { Pin } from './pin.ts';
import type { ReportCard } from './report-card.ts';
import { freshnessReport } from './reports/freshness.ts';

/**
 * How old is what we know? The ages of sources, signals and criteria, and how the jobs went.
 *
 * @param args.at the moment of the question: analyses made later have validated nothing yet; receipts of before did not keep it
 */
export const freshnessQuestion: Question<{ at?: number }, ReportCard> = async ({ store }, pin, { at }) => {
  const runs = await lastRunOfEach(store);
  const { text, figures, card } = freshnessReport(
    await freshnessAt(store, pin, at ?? null),
    runs.map(({ dueAt, ...run }) => ({ ...run, dueAt: dueAt.toISOString() })),
  );
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'freshness', ...card },
    read: [
      `every dated row of the book ${pin.book.name} up to import ${pin.importId}, as of ${new Date(pin.asOf).toISOString().slice(0, 10)}`,
      'a source is silent after four of its usual pauses without a word, and a week at least',
    ],
  };
};

/** The ages of what a question at a pin sees, by what was known at a moment. */
export async function freshnessAt(
  store: Store,
  { book, importId, asOf, model }: Pin,
  at: number | null,
): Promise<FreshnessFindings> {
  const seen = { book: book.name, importId, asOf };
  const fields = [...new Set(model.model.criteria.map(({ field }) => field))];
  const ages = {
    sources: await sourceAges(store, seen),
    // What came of our own outreach foretells nothing, so it cannot grow too old for it.
    signals: (await signalAges(store, seen, (kind) => freshnessOf(kind).expiresAfterDays)).filter(
      ({ kind }) => !isAnswerKind(kind),
    ),
    fields: await fieldAges(store, seen, fields),
  };
  const learntAt = await criteriaLearntAt(store, { ...seen, by: at });
  return findFreshness(ages, { model: model.model, asOf, timeKind: book.timeKind, learntAt });
}
