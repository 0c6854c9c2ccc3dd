import { AccountNotFoundError, IcpError } from '../../errors.ts';
import type { AccountValue } from '../buttons/button-value.ts';
import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { breakdown } from '../views/breakdown.ts';
import { otherSideMessage } from '../views/other-side.ts';
import { receiptCard } from '../views/receipt-card.ts';
import { showAsked } from './show-answer.ts';

/** The card of an account as of the day its button carries. */
export async function showAccount(desk: Desk, place: Place, account: AccountValue): Promise<void> {
  await desk.findPerson(place.user);
  const { picture } = await showAsked(desk, place, await desk.deps.questions.explain(account.id, whenOf(account)));
  await picture;
}

/** Every criterion, adding up. */
export async function showBreakdown(desk: Desk, place: Place, account: AccountValue): Promise<void> {
  await desk.findPerson(place.user);
  const answer = await desk.deps.questions.explain(account.id, whenOf(account));
  for (const message of breakdown(answer)) await post(desk.client, place, message);
}

export async function showReceipt(desk: Desk, place: Place, id: string): Promise<void> {
  await desk.findPerson(place.user);
  for (const message of receiptCard(await desk.deps.questions.receipt(id))) await post(desk.client, place, message);
}

/** The account of a card against another one, by the words that somebody typed for it. */
export async function showComparison(desk: Desk, place: Place, account: AccountValue, other: string): Promise<void> {
  await desk.findPerson(place.user);
  if (other === '')
    throw new IcpError('usage', 'a comparison needs another account; name it, or give its domain or id');
  try {
    await showAsked(desk, place, await desk.deps.questions.compare(account.id, other, whenOf(account)));
  } catch (error) {
    if (!(error instanceof AccountNotFoundError) || error.candidates.length === 0) throw error;
    await post(desk.client, place, otherSideMessage(error, account));
  }
}

function whenOf({ book, asOf }: AccountValue): { book: string; at?: number } {
  const at = asOf === null ? Number.NaN : Date.parse(asOf);
  return Number.isNaN(at) ? { book } : { book, at };
}
