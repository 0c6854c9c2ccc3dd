import { callbackIds } from '../action-ids.ts';
import type { AccountValue } from '../buttons/button-value.ts';
import type { SubjectValue } from '../buttons/subject-value.ts';
import type { Desk } from '../desk.ts';
import { writeMetadata } from '../listeners/places.ts';
import { type Place, post, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { eventMessage, eventModal, eventTitle, eventUndoneMessage } from '../views/event.ts';
import { type AccountForm, openForm, openForWords } from './account-form.ts';
import { judgementsOf } from './judgement-deps.ts';

/** Our own company, where an account is meant else. */
const ours: AccountValue = { book: '', id: '', name: 'our company', asOf: null };

/** Asks what happened to an account that somebody typed, or to our own `company`. */
export async function openEvent(desk: Desk, place: Place, typed: string): Promise<void> {
  const today = new Date(desk.deps.now()).toISOString().slice(0, 10);
  if (typed.toLowerCase() === 'company') {
    await openForm(desk, place, eventModal(null, writeMetadata(place, ours), today));
    return;
  }
  const form: AccountForm = {
    title: eventTitle,
    callbackId: callbackIds.event,
    draw: (account) => eventModal(account.name, writeMetadata(place, account), today),
  };
  await openForWords(desk, place, typed, form);
}

/** Keeps what happened, and says in the channel what that did to the score. */
export async function recordEvent(
  desk: Desk,
  place: Place,
  account: AccountValue,
  said: { kind: string; on: number; note: string | null },
): Promise<void> {
  const by = await desk.findPerson(place.user);
  const recorded = await judgementsOf(desk.deps).recordEvent({
    account: account.id === '' ? null : account,
    ...said,
    by,
  });
  await post(desk.client, place, eventMessage(account.name, recorded));
}

/** Takes an event back, and says so where the button was. */
export async function undoEvent(desk: Desk, place: Place, { id, name }: SubjectValue): Promise<void> {
  const by = await desk.findPerson(place.user);
  const { changed, ...recorded } = await judgementsOf(desk.deps).undoEvent({ eventId: id, by });
  if (changed) {
    await post(desk.client, place, eventUndoneMessage(name, recorded, by.name));
    return;
  }
  const text = 'It had been taken back before.';
  await whisper(desk.client, place, { text, blocks: [context(text)] });
}
