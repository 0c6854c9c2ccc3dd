import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { context, type Message } from '../views/blocks.ts';
import { leadMessage } from '../views/lead-card.ts';
import { leadsOf } from './answer-lead.ts';

const mostShown = 5;

/** A person's open leads, the best score first, each with its buttons. Who owns no leads by their role sees everybody's. */
export async function showLeads(desk: Desk, place: Place): Promise<void> {
  const person = await desk.findPerson(place.user);
  const leads = leadsOf(desk.deps);
  const { book, cards, total } = await leads.open(person, mostShown);
  const message: Message = cards.length === 0 ? nobody(total) : leadMessage(cards, desk.deps.now());
  const posted = await post(desk.client, place, message);
  if (posted === null || cards.length === 0) return;
  desk.threads.joined(posted.channel, posted.ts);
  await leads.posted(book, { ...posted, leadIds: cards.map(({ leadId }) => leadId) });
}

function nobody(total: number): Message {
  const text = `No open lead is yours${total === 0 ? '' : `; ${total} are open in all`}.`;
  return { text, blocks: [context(text)] };
}
