import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { toldLists } from './schema/churn-alerts.ts';
import { leadCards } from './schema/judgements.ts';
import type { Store } from './store.ts';

/** A message with leads on it. */
export interface LeadPost {
  channel: string;
  ts: string;
  /** The leads on it, in their order. */
  leadIds: readonly string[];
}

/** What stands in the place of the time stamp while a card is being posted, or when nobody knows how that ended. */
const beingPosted = '';

/** Claims the posting of a lead's card; `null` when it was posted before, or is being posted. */
export async function claimLeadCard(
  store: Store,
  { book, leadId, channel, at }: { book: string; leadId: string; channel: string; at: number },
): Promise<number | null> {
  const [row] = await store.rows<{ id: number }>(sql`
    insert into lead_cards (book, lead_id, channel, ts, posted_at)
    select ${book}, ${leadId}, ${channel}, ${beingPosted}, ${new Date(at).toISOString()}::timestamptz
    where not exists (select from lead_cards where book = ${book} and lead_id = ${leadId}) returning id`);
  return row?.id ?? null;
}

/** Notes where a claimed card stands; `null` gives the claim back, for one that was surely not posted. */
export async function settleLeadCard(
  store: Store,
  id: number,
  posted: { channel: string; ts: string } | null,
): Promise<void> {
  if (posted === null) await store.db.delete(leadCards).where(eq(leadCards.id, id));
  else await store.db.update(leadCards).set(posted).where(eq(leadCards.id, id));
}

/** Notes a message with some leads on it, such as a list that somebody asked for. */
export async function addLeadPost(
  store: Store,
  book: string,
  { channel, ts, leadIds }: LeadPost,
  at: number,
): Promise<void> {
  if (leadIds.length === 0) return;
  await store.db
    .insert(leadCards)
    .values(leadIds.map((leadId) => ({ book, leadId, channel, ts, postedAt: new Date(at) })));
}

/** Every message that shows a lead, each with all the leads on it. */
export async function postsOfLead(store: Store, book: string, leadId: string): Promise<LeadPost[]> {
  const own = await store.db
    .selectDistinct({ channel: leadCards.channel, ts: leadCards.ts })
    .from(leadCards)
    .where(and(eq(leadCards.book, book), eq(leadCards.leadId, leadId), ne(leadCards.ts, beingPosted)));
  if (own.length === 0) return [];
  const rows = await store.db
    .select({ channel: leadCards.channel, ts: leadCards.ts, leadId: leadCards.leadId })
    .from(leadCards)
    .where(
      and(
        eq(leadCards.book, book),
        inArray(
          leadCards.ts,
          own.map(({ ts }) => ts),
        ),
      ),
    )
    .orderBy(asc(leadCards.id));
  return own.map(({ channel, ts }) => ({
    ...{ channel, ts },
    leadIds: rows.filter((row) => row.channel === channel && row.ts === ts).map((row) => row.leadId),
  }));
}

const list = 'leads';

/** The last import whose leads were gone through for cards; `null` before the first time. */
export async function leadsPostedUpTo(store: Store, book: string): Promise<number | null> {
  const [row] = await store.db
    .select({ last: sql<number | null>`max(${toldLists.week}::int)` })
    .from(toldLists)
    .where(and(eq(toldLists.book, book), eq(toldLists.list, list)));
  return row?.last ?? null;
}

/** Notes that the leads up to an import were gone through. */
export async function noteLeadsPosted(store: Store, book: string, importId: number, at: number): Promise<void> {
  await store.db
    .insert(toldLists)
    .values({ book, list, week: String(importId), toldAt: new Date(at) })
    .onConflictDoNothing();
}
