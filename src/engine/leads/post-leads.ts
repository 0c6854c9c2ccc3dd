import type { LeadCard } from '../../icp/leads/lead-card.ts';
import { type Book, latestImport } from '../../store/books.ts';
import { claimLeadCard, leadsPostedUpTo, noteLeadsPosted, settleLeadCard } from '../../store/lead-cards.ts';
import { openLeads } from '../../store/leads.ts';
import { listPeople } from '../../store/people.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { Notifier, Recipient, ToldAt } from '../notifier.ts';
import { describeLeads } from './describe-leads.ts';

/** Where lead cards go: a channel, or `owner` for a direct message to each lead's owner. */
export const leadsChannelSetting = 'leads.channel';
/** How many cards at most: in the channel a run, or to each owner. */
export const leadsMostSetting = 'leads.most';
export const usualMost = 10;

const dayMs = 86_400_000;
/** The first time, what came in longer ago is left to whoever asks for it. */
const firstDays = 14;
/** More new leads than this are not looked through for their owners. */
const mostLooked = 2_000;

export interface LeadsPosted {
  /** `null` where no setting says where to, and so nothing was posted. */
  to: string | null;
  posted: number;
  /** Refused by Slack: the next run tries again. */
  refused: number;
  /** Begun, and nobody knows how it ended: not repeated. */
  unknown: number;
  /** Open leads that are new, posted or not. */
  fresh: number;
}

/**
 * Posts cards of the open leads that came in since the last time, the best score first: each lead once.
 *
 * The posting of a card is a row before it is begun, so a run that is repeated after a crash posts nothing twice. Leads that
 * are over the limit are not posted later: `/icp leads` shows them.
 */
export async function postLeads(
  ports: { store: Store; notifier: Pick<Notifier, 'leadCard'>; now: () => number },
  book: Book,
): Promise<LeadsPosted> {
  const { store, now } = ports;
  const result: LeadsPosted = { to: null, posted: 0, refused: 0, unknown: 0, fresh: 0 };
  const to = (await settingOf(store, leadsChannelSetting))?.value;
  const importId = await latestImport(store, book.name);
  if (typeof to !== 'string' || to === '' || importId === null) return result;
  const since = await leadsPostedUpTo(store, book.name);
  const { ids, total } = await openLeads(store, book.name, {
    ...(since === null ? { madeAfter: (book.clock ?? now()) - firstDays * dayMs } : { newSince: since }),
    ...{ notPosted: true, limit: to === 'owner' ? mostLooked : await mostOf(store) },
  });
  const done = { ...result, to, fresh: total };
  for (const { card, recipient } of await addressed(store, to, await describeLeads(ports, book, ids))) {
    const ended = await postOne(ports, card, recipient);
    if (ended !== 'taken') done[ended] += 1;
  }
  if (done.refused === 0) await noteLeadsPosted(store, book.name, importId, now());
  return done;
}

/** Each card with whom it goes to; a lead whose owner we do not know goes to nobody. */
async function addressed(
  store: Store,
  to: string,
  cards: readonly LeadCard[],
): Promise<{ card: LeadCard; recipient: Recipient }[]> {
  if (to !== 'owner') return cards.map((card) => ({ card, recipient: { channel: to } }));
  const people = new Map((await listPeople(store)).map((person) => [person.email.toLowerCase(), person]));
  const most = await mostOf(store);
  const counts = new Map<string, number>();
  return cards.flatMap((card) => {
    const person = people.get(card.ownerEmail?.toLowerCase() ?? '');
    const count = counts.get(person?.email ?? '') ?? 0;
    if (person === undefined || count >= most) return [];
    counts.set(person.email, count + 1);
    return [{ card, recipient: { person } }];
  });
}

/** One try. Whoever claims the lead makes it. */
async function postOne(
  { store, notifier, now }: { store: Store; notifier: Pick<Notifier, 'leadCard'>; now: () => number },
  card: LeadCard,
  recipient: Recipient,
): Promise<'posted' | 'refused' | 'unknown' | 'taken'> {
  const { book, leadId } = card;
  const channel = 'channel' in recipient ? recipient.channel : recipient.person.email;
  const claim = await claimLeadCard(store, { book, leadId, channel, at: now() });
  if (claim === null) return 'taken';
  let told: ToldAt | null;
  try {
    told = await notifier.leadCard(card, recipient);
  } catch {
    // The notifier has logged it. The row says that it was begun and not how it ended, which is the truth.
    return 'unknown';
  }
  await settleLeadCard(store, claim, told);
  return told === null ? 'refused' : 'posted';
}

async function mostOf(store: Store): Promise<number> {
  const value = (await settingOf(store, leadsMostSetting))?.value;
  return typeof value === 'number' && value >= 0 ? value : usualMost;
}
