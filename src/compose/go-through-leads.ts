import { unsettledLeads } from '../engine/leads/answers-in-ledger.ts';
import { postLeads } from '../engine/leads/post-leads.ts';
import { reportBack } from '../engine/leads/report-back.ts';
import type { Notifier } from '../engine/notifier.ts';
import type { RunSummary } from '../jobs/ports.ts';
import { type Book, latestImport } from '../store/books.ts';
import { answersSince } from '../store/lead-answers.ts';
import { countLeads } from '../store/leads.ts';
import type { Store } from '../store/store.ts';
import { settleAnswers } from './leads-desk.ts';
import type { Lodestar } from './open-lodestar.ts';

const dayMs = 86_400_000;
const settledDays = 7;

/** Brings the ledger to the answers that had to wait, tells reps what became of theirs, and posts cards of the new leads. */
export async function goThroughLeads(
  house: Pick<Lodestar, 'store' | 'now' | 'holder'>,
  notifier: Pick<Notifier, 'leadCard' | 'reportBack'>,
  book: Book,
): Promise<RunSummary | null> {
  const { store, now } = house;
  const leads = await countLeads(store, book.name);
  if (leads === 0) return null;
  const waiting = await answersWaiting(store, book.name, now());
  const settled = waiting.length === 0 ? null : await settleAnswers(house, book.name, waiting);
  const reported = await reportBack({ store, notifier, now }, book.name);
  const { to, posted, refused, unknown, fresh } = await postLeads({ store, notifier, now }, book);
  const trouble = [
    ...(refused === 0 ? [] : [`${refused} refused by Slack`]),
    ...(unknown === 0 ? [] : [`${unknown} that nobody knows of how they ended`]),
  ];
  const told =
    to === null
      ? 'no channel is set in leads.channel'
      : [`${posted} of ${fresh} new leads posted`, ...trouble].join(', ');
  return {
    read: { leads },
    written: { cards: posted, answers: settled?.leads ?? 0, reported_back: reported },
    note: `${book.name}: ${told}`,
  };
}

/** Lately answered leads of which the ledger does not know. Older ones are gone through after every import. */
async function answersWaiting(store: Store, book: string, now: number): Promise<string[]> {
  const importId = await latestImport(store, book);
  const answers = await answersSince(store, book, now - settledDays * dayMs);
  const ids = [...new Set(answers.map(({ leadId }) => leadId))];
  return importId === null ? [] : unsettledLeads(store, book, importId, ids);
}
