import { findingsAt, findingsOf } from '../store/findings.ts';
import { readPackedHistories } from '../store/histories.ts';
import type { Store } from '../store/store.ts';
import { wordingKey, wordingsOf } from '../store/wordings.ts';
import type { Question } from './draft.ts';
import type { Pin } from './pin.ts';
import type { ReportCard } from './report-card.ts';
import { healthReport } from './reports/health.ts';

/** What a question about outreach sees beside its pin: the analysis whose segments part it, and the last name for one. */
export async function segmentsSeen(store: Store, pin: Pin): Promise<{ findings: number | null; words: number }> {
  const kept = await findingsAt(store, { book: pin.book.name, importId: pin.importId, asOf: pin.asOf });
  return { findings: kept?.id ?? null, words: (await wordingsOf(store, pin.book.name)).last };
}

/** Does what we say, to whom we say it, work? Five questions about how outreach is answered. */
export const healthQuestion: Question<{ findings: number | null; words: number }, ReportCard> = async (
  { store, compute },
  pin,
  { findings, words: upTo },
) => {
  const kept = findings === null ? null : await findingsOf(store, findings);
  const { words } = await wordingsOf(store, pin.book.name, upTo);
  const segments = (kept?.findings.segments.segments ?? []).map(({ id, name, members }) => ({
    name: words.get(wordingKey('segment', id))?.name ?? name,
    members,
  }));
  const found = await compute.health(
    { timeKind: pin.book.timeKind, asOf: pin.asOf, seed: pin.model.model.seed, segments },
    () => readPackedHistories(store, pin.book.name, pin),
  );
  const { text, figures, card } = healthReport(found);
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'health', ...card },
    read: [
      `every account of the book ${pin.book.name} that was reached out to by ${new Date(pin.asOf).toISOString().slice(0, 10)}, with its replies, meetings and deals`,
      'signals of the kinds reply, reply_positive, reply_problem, reply_declined, meeting and next_step',
      kept === null
        ? 'parted by industry'
        : `parted by the segments of the analysis as of ${new Date(kept.asOf).toISOString().slice(0, 10)}`,
    ],
  };
};
