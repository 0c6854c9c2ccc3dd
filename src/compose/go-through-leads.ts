import { unsettledLeads } from '../engine/leads/answers-in-ledger.ts';
import { postLeads } from '../engine/leads/post-leads.ts';
import { reportBack } from '../engine/leads/report-back.ts';
import { writeBackAnswers } from '../engine/leads/write-back-answers.ts';
import type { Notifier } from '../engine/notifier.ts';
import { IcpError } from '../errors.ts';
import type { RunSummary } from '../jobs/ports.ts';
import { type Book, latestImport } from '../store/books.ts';
import { answersSince } from '../store/lead-answers.ts';
import { countLeads } from '../store/leads.ts';
import type { Store } from '../store/store.ts';
import { settleAnswers } from './leads-desk.ts';
import type { Lodestar } from './open-lodestar.ts';

const dayMs = 86_400_000;
const settledDays = 7;
const mostRefused = 5;

type House = Pick<Lodestar, 'store' | 'now' | 'holder' | 'crm' | 'hasCrm' | 'log'>;

/**
 * Brings the ledger to the answers that had to wait, tells reps what became of theirs, posts cards of the new leads, and sets
 * the statuses of answered ones in the CRM where that is switched on.
 */
export async function goThroughLeads(
  house: House,
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
  const statuses = await writeStatuses(house, book.name);
  return {
    read: { leads },
    written: { cards: posted, answers: settled?.leads ?? 0, reported_back: reported, statuses: statuses.written },
    note: [`${book.name}: ${told}`, ...statuses.notes].join(', '),
  };
}

/** A CRM that is not there costs no cards: the next run writes. */
async function writeStatuses(house: House, book: string): Promise<{ written: number; notes: string[] }> {
  try {
    const crm = house.hasCrm() ? await house.crm() : null;
    const done = crm === null ? null : await writeBackAnswers({ ...house, crm }, book);
    if (done === null) return { written: 0, notes: [] };
    const { written, left, refused, again } = done;
    const notes = [
      ...(written === 0 ? [] : [`${written} statuses written to the CRM`]),
      ...(left === 0 ? [] : [`${left} left as they are in the CRM`]),
      ...(again === 0 ? [] : [`${again} to be written again`]),
      ...refused.slice(0, mostRefused).map(({ leadId, reason }) => `the status of ${leadId} was refused: ${reason}`),
      ...(refused.length <= mostRefused ? [] : [`${refused.length - mostRefused} more were refused`]),
    ];
    return { written, notes };
  } catch (error) {
    if (!(error instanceof IcpError)) throw error;
    house.log.warn({ err: error, book }, 'statuses of leads wait for the CRM');
    return { written: 0, notes: [`no status was written to the CRM, since ${error.message}`] };
  }
}

/** Lately answered leads of which the ledger does not know. Older ones are gone through after every import. */
async function answersWaiting(store: Store, book: string, now: number): Promise<string[]> {
  const importId = await latestImport(store, book);
  const answers = await answersSince(store, book, now - settledDays * dayMs);
  const ids = [...new Set(answers.map(({ leadId }) => leadId))];
  return importId === null ? [] : unsettledLeads(store, book, importId, ids);
}
