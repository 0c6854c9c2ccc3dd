import { IcpError } from '../../errors.ts';
import { addAudit } from '../../store/audit.ts';
import { giveUpSent, leaveOutWaiting } from '../../store/publication-rows.ts';
import { movePublication, type Publication } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { isOver, requirePublication } from './send-publication.ts';

/**
 * Ends a publication that is under way, for a person who does not want the rest of it, or cannot reach its org any more. What was
 * written stays, and may be undone.
 *
 * @throws {IcpError} `no_publication`; `publication_over`
 */
export async function stopPublication(
  { store, now }: { store: Store; now: () => number },
  { id, by }: { id: string; by: string },
): Promise<Publication> {
  const publication = await requirePublication(store, id);
  if (isOver(publication))
    throw new IcpError('publication_over', `stopping needs a publication under way, and ${id} is ${publication.state}`);
  const at = now();
  const reason = `stopped by a person: ${by}`;
  await store.transaction(async (tx) => {
    await leaveOutWaiting(tx, id, reason);
    await giveUpSent(tx, id, 'it was sent, and nobody waited for the answer');
    await movePublication(tx, id, { state: 'stopped', reason, resumeAt: null, finishedAt: at });
    await addAudit(tx, {
      ...{ at, actor: by, action: 'publication.stopped', subject: `publication ${id}` },
      details: { reason, was: publication.state },
    });
  });
  return requirePublication(store, id);
}
