import type { AccountValue } from '../buttons/button-value.ts';
import type { Desk } from '../desk.ts';
import { type Place, whisper } from '../post.ts';
import { doubtNoted } from '../views/doubt-noted.ts';

/** Hands a doubt on, and tells the person alone who will look at it. */
export async function recordDoubt(desk: Desk, place: Place, account: AccountValue, reason: string | null) {
  const by = await desk.findPerson(place.user);
  const { book, id } = account;
  const { flag, log } = desk.deps;
  if (!flag) log.warn({ account: { book, id }, by: by.email, reason }, 'a score was doubted');
  const reviewer = flag ? (await flag({ account: { book, id }, by, reason })).reviewer : null;
  await whisper(desk.client, place, doubtNoted(account.name, reviewer));
}
