import type { ModalView } from '@slack/types';
import { IcpError } from '../../errors.ts';
import type { ScoreCard } from '../../questions/types.ts';
import type { AccountValue } from '../buttons/button-value.ts';
import type { Desk } from '../desk.ts';
import { errorSentence } from '../error-sentence.ts';
import type { Place } from '../post.ts';
import { section } from '../views/blocks.ts';
import { formModal } from '../views/form.ts';
import { plain } from '../views/text.ts';

/** A form about an account. */
export interface AccountForm {
  title: string;
  callbackId: string;
  /** @param card how the account stands, once that is known */
  draw(account: AccountValue, card: ScoreCard | null): ModalView;
}

/** Opens a form for an account that a button names, and says in it how the account stands when that is known. */
export async function openForAccount(
  desk: Desk,
  place: Place,
  account: AccountValue,
  form: AccountForm,
): Promise<void> {
  const viewId = await openForm(desk, place, form.draw(account, null));
  await desk.findPerson(place.user);
  const { card } = await desk.deps.questions.explain(account.id, { book: account.book });
  await update(desk, viewId, form.draw(account, card));
}

/** The same for words that somebody typed: a trigger lasts three seconds, so the form opens before the account is found. */
export async function openForWords(desk: Desk, place: Place, typed: string, form: AccountForm): Promise<void> {
  const viewId = await openForm(desk, place, waiting(form, `Looking for ${typed}, a moment.`));
  try {
    await desk.findPerson(place.user);
    const { card } = await desk.deps.questions.explain(typed);
    const { book, id, name } = card.explanation.account;
    await update(desk, viewId, form.draw({ book, id, name, asOf: null }, card));
  } catch (error) {
    await update(desk, viewId, waiting(form, errorSentence(error)));
    if (!(error instanceof IcpError)) throw error;
  }
}

/** Opens a form; hands back its id, for what takes longer than a trigger lasts. */
export async function openForm(desk: Desk, place: Place, view: ModalView): Promise<string | null> {
  if (place.triggerId === undefined)
    throw new IcpError('no_trigger', 'a form opens from a button or a command; type the command again');
  const opened = await desk.client.views.open({ trigger_id: place.triggerId, view });
  return opened.view?.id ?? null;
}

/** What a form shows while it is looked up which account is meant, or that none is. */
function waiting({ title, callbackId }: AccountForm, text: string): ModalView {
  return formModal({ title, callbackId, submit: null, metadata: '', blocks: [section(plain(text, 1500))] });
}

/** A form that somebody has closed meanwhile has nobody to tell. */
async function update(desk: Desk, viewId: string | null, view: ModalView): Promise<void> {
  if (viewId === null) return;
  try {
    await desk.client.views.update({ view_id: viewId, view });
  } catch (error) {
    desk.deps.log.info({ err: error }, 'a form was closed before it was filled');
  }
}
