import { IcpError } from '../../errors.ts';
import { type Publication, publicationOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';

/** @throws {IcpError} `no_publication` */
export async function requirePublication(store: Store, id: string): Promise<Publication> {
  const publication = await publicationOf(store, id);
  if (publication === null)
    throw new IcpError('no_publication', `there is no publication ${id}; lodestar publications lists them`);
  return publication;
}

/** Whether nothing more is sent of a publication. */
export function isOver({ state }: Pick<Publication, 'state'>): boolean {
  return state === 'finished' || state === 'stopped' || state === 'superseded';
}
