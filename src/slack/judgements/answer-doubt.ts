import type { SubjectValue } from '../buttons/subject-value.ts';
import type { Desk } from '../desk.ts';
import { type Place, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { plain } from '../views/text.ts';
import { judgementsOf } from './judgement-deps.ts';

/** Hands an answer on; who raised the doubt and the message in the channel are told by whoever keeps it. */
export async function answerDoubt(
  desk: Desk,
  place: Place,
  { id: flagId }: SubjectValue,
  answer: string,
): Promise<void> {
  const by = await desk.findPerson(place.user);
  const { told, changed } = await judgementsOf(desk.deps).answerFlag({ flagId, answer, by });
  if (changed) return;
  const who = plain(told.answeredBy?.name ?? told.flag.answeredBy ?? 'somebody', 80);
  const text = `It was answered before you, by ${who}: “${plain(told.flag.answer ?? '', 500)}”`;
  await whisper(desk.client, place, { text, blocks: [context(text)] });
}
