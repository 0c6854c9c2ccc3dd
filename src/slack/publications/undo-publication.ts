import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { undoBegunMessage } from '../views/publication.ts';
import { publicationsOf } from './publication-deps.ts';

/** Undoes a publication; its own report says what became of that, where publications are reported. */
export async function undoPublication(desk: Desk, place: Place, run: string): Promise<void> {
  const by = await desk.findPerson(place.user);
  const begun = async () => {
    await post(desk.client, place, undoBegunMessage(run, by.name));
  };
  await publicationsOf(desk.deps).undo({ run, by, begun });
}
