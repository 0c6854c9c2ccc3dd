import type { SubjectValue } from '../buttons/subject-value.ts';
import type { Desk } from '../desk.ts';
import { writePlace } from '../listeners/places.ts';
import { type Place, post, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { cautionLiftedMessage, cautionMessage, cautionModal } from '../views/caution.ts';
import { openForm } from './account-form.ts';
import { judgementsOf } from './judgement-deps.ts';

/** Asks which accounts somebody cautions against, and why. */
export async function openCaution(desk: Desk, place: Place, where: string): Promise<void> {
  await openForm(desk, place, cautionModal(where, writePlace(place, '')));
}

/** Keeps a caution, and says it in the channel. */
export async function cautionKind(
  desk: Desk,
  place: Place,
  said: { where: string; text: string; until: number | null },
): Promise<void> {
  const by = await desk.findPerson(place.user);
  await post(desk.client, place, cautionMessage(await judgementsOf(desk.deps).caution({ ...said, by })));
}

/** Ends a caution, and says so where the button was. */
export async function liftCaution(desk: Desk, place: Place, { id }: SubjectValue): Promise<void> {
  const by = await desk.findPerson(place.user);
  const { caution, changed } = await judgementsOf(desk.deps).liftCaution({ cautionId: id, by });
  if (changed) {
    await post(desk.client, place, cautionLiftedMessage(caution, by.name));
    return;
  }
  const text = 'It had ended before.';
  await whisper(desk.client, place, { text, blocks: [context(text)] });
}
