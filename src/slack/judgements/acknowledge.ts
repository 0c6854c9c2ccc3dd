import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { acknowledgedMessage } from '../views/lapse.ts';
import { judgementsOf } from './judgement-deps.ts';

/** Hands on that somebody answers for a missed calibration, and says so where the button was. */
export async function acknowledge(desk: Desk, place: Place, reason: string): Promise<void> {
  const by = await desk.findPerson(place.user);
  await judgementsOf(desk.deps).acknowledge({ reason, by });
  await post(desk.client, place, acknowledgedMessage(by.name, reason));
}
