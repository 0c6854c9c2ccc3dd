import { and, asc, desc, eq, gt, inArray, notInArray, or, sql } from 'drizzle-orm';
import type { ProposalEvent } from '../icp/proposals/proposal-event.ts';
import { type DraftedProposal, type ProposalState, proposalState } from '../icp/proposals/proposal-state.ts';
import { proposalChanges, proposalEvents, proposals } from './schema/proposals.ts';
import type { Store } from './store.ts';

/** Keeps a proposal as it was drafted, and hands back its number. */
export async function addProposal(store: Store, drafted: Omit<DraftedProposal, 'id'>): Promise<number> {
  const { changes, ...head } = drafted;
  const [row] = await store.db
    .insert(proposals)
    .values({
      ...head,
      asOf: new Date(head.asOf),
      draftedAt: new Date(head.draftedAt),
      deadlineAt: new Date(head.deadlineAt),
    })
    .returning({ id: proposals.id });
  if (row === undefined) throw new Error('the proposal was not kept');
  const lines = changes.map((line) => ({ ...line, proposalId: row.id }));
  if (lines.length > 0) await store.db.insert(proposalChanges).values(lines);
  return row.id;
}

/** Adds what happened under a key; false when something was kept under that key before, and this is not. */
export async function addProposalEvent(
  store: Store,
  proposalId: number,
  key: string,
  event: ProposalEvent,
): Promise<boolean> {
  const added = await store.db
    .insert(proposalEvents)
    .values({ ...event, proposalId, key, at: new Date(event.at) })
    .onConflictDoNothing()
    .returning({ id: proposalEvents.id });
  return added.length > 0;
}

/** A proposal as it stands; `null` when there is none of that number. */
export async function proposalOf(store: Store, id: number): Promise<ProposalState | null> {
  const [state] = await withEvents(store, await store.db.select().from(proposals).where(eq(proposals.id, id)));
  return state ?? null;
}

/** The same, while nobody else may decide on it: for use inside a transaction. */
export async function lockedProposal(store: Store, id: number): Promise<ProposalState | null> {
  const rows = await store.db.select().from(proposals).where(eq(proposals.id, id)).for('update');
  const [state] = await withEvents(store, rows);
  return state ?? null;
}

/** The newest proposals of a book, newest first. */
export async function proposalsOf(store: Store, book: string, limit = 20): Promise<ProposalState[]> {
  const rows = await store.db
    .select()
    .from(proposals)
    .where(eq(proposals.book, book))
    .orderBy(desc(proposals.id))
    .limit(limit);
  return withEvents(store, rows);
}

/** The proposals that a version made, or that it was made from, oldest first. */
export async function proposalsAbout(store: Store, book: string, version: number): Promise<ProposalState[]> {
  const { proposalId, kind, details } = proposalEvents;
  const scheduled = store.db
    .select({ id: proposalId })
    .from(proposalEvents)
    .where(and(eq(kind, 'scheduled'), sql`(${details} ->> 'version')::int = ${version}::int`));
  const rows = await store.db
    .select()
    .from(proposals)
    .where(and(eq(proposals.book, book), or(eq(proposals.candidateVersion, version), inArray(proposals.id, scheduled))))
    .orderBy(asc(proposals.id));
  return withEvents(store, rows);
}

/** The newest proposals of a book with a line that stands on answers of people, newest first. */
export async function proposalsOnAnswers(store: Store, book: string, limit: number): Promise<ProposalState[]> {
  const onAnswers = store.db
    .select({ id: proposalChanges.proposalId })
    .from(proposalChanges)
    .where(sql`${proposalChanges.change} ? 'because'`);
  const rows = await store.db
    .select()
    .from(proposals)
    .where(and(eq(proposals.book, book), inArray(proposals.id, onAnswers)))
    .orderBy(desc(proposals.id))
    .limit(limit);
  return withEvents(store, rows);
}

/** Proposals that may still have an effect: open or scheduled, oldest first. */
export async function livingProposals(store: Store, book: string): Promise<ProposalState[]> {
  const rows = await store.db
    .select()
    .from(proposals)
    .where(and(eq(proposals.book, book), notInArray(proposals.id, overProposals(store))))
    .orderBy(asc(proposals.id));
  const states = await withEvents(store, rows);
  return states.filter(({ standing }) => standing === 'open' || standing === 'scheduled');
}

/** Numbers of proposals that can have no effect any more, told from their events alone: their lines and dry runs are large. */
function overProposals(store: Store) {
  const { proposalId: id, kind } = proposalEvents;
  return store.db
    .select({ id })
    .from(proposalEvents)
    .groupBy(id)
    .having(sql`bool_or(${kind} in ('activated', 'stale'))
      or (bool_or(${kind} in ('deadline passed', 'superseded')) and not bool_or(${kind} in ('approved', 'scheduled')))`);
}

/** How many events each proposal has that was drafted since then, newest first: what tells whether there is news of it. */
export async function eventCounts(
  store: Store,
  book: string,
  since: number,
): Promise<readonly { id: number; events: number }[]> {
  return store.db
    .select({ id: proposals.id, events: sql<number>`count(${proposalEvents.id})::int` })
    .from(proposals)
    .leftJoin(proposalEvents, eq(proposalEvents.proposalId, proposals.id))
    .where(and(eq(proposals.book, book), gt(proposals.draftedAt, new Date(since))))
    .groupBy(proposals.id)
    .orderBy(desc(proposals.id));
}

async function withEvents(store: Store, rows: (typeof proposals.$inferSelect)[]): Promise<ProposalState[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const lines = await store.db
    .select()
    .from(proposalChanges)
    .where(inArray(proposalChanges.proposalId, ids))
    .orderBy(asc(proposalChanges.number));
  const events = await store.db
    .select()
    .from(proposalEvents)
    .where(inArray(proposalEvents.proposalId, ids))
    .orderBy(asc(proposalEvents.id));
  return rows.map((row) =>
    proposalState(
      {
        ...row,
        asOf: row.asOf.getTime(),
        draftedAt: row.draftedAt.getTime(),
        deadlineAt: row.deadlineAt.getTime(),
        changes: lines
          .filter(({ proposalId }) => proposalId === row.id)
          .map(({ number, change, dryRun }) => ({ number, change, dryRun })),
      },
      events
        .filter(({ proposalId }) => proposalId === row.id)
        .map(({ kind, change, at, by, byName, details }) => ({ kind, change, at: at.getTime(), by, byName, details })),
    ),
  );
}
