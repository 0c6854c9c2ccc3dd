import { and, eq } from 'drizzle-orm';
import { proposalEvents, proposals } from './schema/proposals.ts';
import type { Store } from './store.ts';

/** What was approved and made a model: the version and the hash of its content, as the decision kept them. */
export async function scheduledModels(
  store: Store,
  book: string,
): Promise<
  { proposalId: number; candidateVersion: number | null; version: number | null; contentHash: string | null }[]
> {
  const rows = await store.db
    .select({
      proposalId: proposalEvents.proposalId,
      candidateVersion: proposals.candidateVersion,
      details: proposalEvents.details,
    })
    .from(proposalEvents)
    .innerJoin(proposals, eq(proposals.id, proposalEvents.proposalId))
    .where(and(eq(proposals.book, book), eq(proposalEvents.kind, 'scheduled')));
  return rows.map(({ proposalId, candidateVersion, details: { version = null, contentHash = null } }) => ({
    ...{ proposalId, candidateVersion, version, contentHash },
  }));
}
