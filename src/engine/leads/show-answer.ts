import type { Book } from '../../store/books.ts';
import { postsOfLead } from '../../store/lead-cards.ts';
import type { Store } from '../../store/store.ts';
import type { Notifier } from '../notifier.ts';
import { describeLeads } from './describe-leads.ts';

/** Lets every message that shows a lead say how it stands now, wherever it was answered. */
export async function showAnswer(
  { store, now, notifier }: { store: Store; now: () => number; notifier: Pick<Notifier, 'leadChanged'> },
  book: Book,
  leadId: string,
): Promise<void> {
  for (const { leadIds, ...post } of await postsOfLead(store, book.name, leadId))
    await notifier.leadChanged(await describeLeads({ store, now }, book, leadIds), post);
}
