import { answerLead, undoAnswer } from '../../engine/leads/answer-lead.ts';
import { putAnswersInLedger } from '../../engine/leads/answers-in-ledger.ts';
import { describeLeads } from '../../engine/leads/describe-leads.ts';
import { withLease } from '../../engine/with-lease.ts';
import { bookOf } from '../../questions/pin.ts';
import type { LeadsDesk } from '../../slack/deps.ts';
import { addLeadPost, postsOfLead } from '../../store/lead-cards.ts';
import { openLeads, rejectReasonsOf } from '../../store/leads.ts';
import type { Lodestar } from '../open-lodestar.ts';

type House = Pick<Lodestar, 'store' | 'now' | 'holder' | 'log'>;

const mostReasons = 15;

/** What Slack needs of the house for leads. */
export function createLeadsDesk(house: House): LeadsDesk {
  const { store, now } = house;
  return {
    async answer({ book, leadId, by, answer, reason }) {
      const answered = await answerLead(house, {
        ...{ book, leadId, answer, reason },
        actor: { kind: 'person', email: by.email },
      });
      if (answered.changed) settleSoon(house, book, leadId);
      return answered;
    },
    async undo({ book, leadId, by }) {
      const undone = await undoAnswer(house, { book, leadId, actor: { kind: 'person', email: by.email } });
      if (undone.changed) settleSoon(house, book, leadId);
      return undone;
    },
    describe: async (book, leadIds) => describeLeads(house, await bookOf(store, book), leadIds),
    posts: (book, leadId) => postsOfLead(store, book, leadId),
    async open({ email, role }, most) {
      const book = await bookOf(store, undefined);
      const own = await openLeads(store, book.name, { ...(role === 'rep' ? { owner: email } : {}), limit: most });
      const { total } = own.total > 0 ? own : await openLeads(store, book.name, { limit: 1 });
      return { book: book.name, cards: await describeLeads(house, book, own.ids), total };
    },
    posted: (book, post) => addLeadPost(store, book, post, now()),
    reasons: (book) => rejectReasonsOf(store, book, mostReasons),
  };
}

/**
 * Brings the ledger of a book to what people answered, while nobody else works on the book.
 *
 * @param leadIds only these; absent: every lead that was ever answered
 * @returns `null` when there was nothing to bring in
 */
export async function settleAnswers(
  { store, now, holder }: Omit<House, 'log'>,
  name: string,
  leadIds?: readonly string[],
): Promise<{ importId: number; leads: number } | null> {
  const book = await bookOf(store, name);
  return withLease(store, { what: `the book ${name}`, holder }, (fence) =>
    putAnswersInLedger({ store, now, fence }, book, leadIds),
  );
}

/** The person who pressed does not wait for the ledger. While the book is being read or learnt from, the next run does it. */
function settleSoon(house: House, book: string, leadId: string): void {
  settleAnswers(house, book, [leadId]).catch((error: unknown) =>
    house.log.warn({ err: error, book, leadId }, 'an answer to a lead is kept, and goes into the ledger later'),
  );
}
