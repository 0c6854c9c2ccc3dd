import type { Desk } from '../desk.ts';
import { type Place, post, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { undoBegunMessage } from '../views/publication.ts';
import { publicationsOf } from './publication-deps.ts';

/** Undoes a publication; its own report says what became of that, where publications are reported. */
export async function undoPublication(desk: Desk, place: Place, run: string): Promise<void> {
  const by = await desk.findPerson(place.user);
  await post(desk.client, place, undoBegunMessage(run, by.name));
  const report = await publicationsOf(desk.deps).undo({ run, by });
  if (report !== null) return;
  const text = 'Nothing was left to give back: every field has what it had, or was changed since.';
  await whisper(desk.client, place, { text, blocks: [context(text)] });
}
