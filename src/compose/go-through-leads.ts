import type { Notifier } from '../engine/notifier.ts';
import { postLeads } from '../engine/post-leads.ts';
import { reportBack } from '../engine/report-back.ts';
import type { RunSummary } from '../jobs/ports.ts';
import type { Book } from '../store/books.ts';
import { countLeads } from '../store/leads.ts';
import { settleAnswers } from './leads-desk.ts';
import type { Lodestar } from './open-lodestar.ts';

/** Brings the ledger to the answers that had to wait, tells reps what became of theirs, and posts cards of the new leads. */
export async function goThroughLeads(
  house: Pick<Lodestar, 'store' | 'now' | 'holder'>,
  notifier: Pick<Notifier, 'leadCard' | 'reportBack'>,
  book: Book,
): Promise<RunSummary | null> {
  const { store, now } = house;
  const leads = await countLeads(store, book.name);
  if (leads === 0) return null;
  const settled = await settleAnswers(house, book.name);
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
