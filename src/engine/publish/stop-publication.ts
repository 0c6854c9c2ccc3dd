import { IcpError } from '../../errors.ts';
import { addAudit } from '../../store/audit.ts';
import { movePublication, type Publication } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { isOver, requirePublication } from './require-publication.ts';

/** How the audit log calls the wish. */
export const stopAsked = 'publication.stop asked';

/**
 * Writes down that a person wants no more of a publication sent. Whoever sends it stops at the next step and settles what was
 * sent; what was written stays, and may be undone.
 *
 * @returns the publication as it stood before
 * @throws {IcpError} `no_publication`; `publication_over`
 */
export async function askToStop(
  { store, now }: { store: Store; now: () => number },
  { id, by }: { id: string; by: string },
): Promise<Publication> {
  return store.transaction(async (tx) => {
    const publication = await requirePublication(tx, id);
    if (publication.state === 'stopping') return publication;
    const asked = { state: 'stopping', reason: `a person has asked that it stops: ${by}`, resumeAt: null } as const;
    if (isOver(publication) || !(await movePublication(tx, id, asked)))
      throw new IcpError(
        'publication_over',
        `stopping needs a publication under way, and ${id} is ${(await requirePublication(tx, id)).state}; lodestar undo ${id} takes back what it wrote`,
      );
    await addAudit(tx, {
      ...{ at: now(), actor: by, action: stopAsked, subject: `publication ${id}` },
      details: { was: publication.state },
    });
    return publication;
  });
}
