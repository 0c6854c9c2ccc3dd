import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { undoBegunMessage } from '../views/publication.ts';
import { type PublicationOrg, publicationsOf } from './publication-deps.ts';

/** Undoes a publication; its own report says what became of that, where publications are reported. */
export async function undoPublication(desk: Desk, place: Place, run: string): Promise<void> {
  const by = await desk.findPerson(place.user);
  const begun = async (org: PublicationOrg) => {
    await post(desk.client, place, undoBegunMessage({ run, by: by.name, org }));
  };
  await publicationsOf(desk.deps).undo({ run, by, begun });
}
