import type { ModalView } from '@slack/types';
import { IcpError } from '../errors.ts';
import type { AccountValue } from './button-value.ts';
import type { Desk } from './desk.ts';
import { errorSentence } from './error-sentence.ts';
import { type JudgementDeps, judgementsOf } from './judgement-deps.ts';
import { writeMetadata } from './listeners/places.ts';
import { type Place, post, whisper } from './post.ts';
import { context } from './views/blocks.ts';
import { liftedMessage, noOverrideModal, overrideMessage, overrideModal, standingOf } from './views/override.ts';

const dayMs = 86_400_000;
const usualDays = 90;

/** Opens the form for an account that a button names, and says in it how the account stands when that is known. */
export async function openOverride(desk: Desk, place: Place, account: AccountValue): Promise<void> {
  const viewId = await open(desk, place, form(desk, place, account, null));
  await desk.findPerson(place.user);
  const { card } = await desk.deps.questions.explain(account.id, { book: account.book });
  await update(desk, viewId, form(desk, place, account, standingOf(card.explanation)));
}

/** The same for words that somebody typed: a trigger lasts three seconds, so the form opens before the account is found. */
export async function openOverrideOf(desk: Desk, place: Place, typed: string): Promise<void> {
  const viewId = await open(desk, place, noOverrideModal(`Looking for ${typed}, a moment.`));
  try {
    await desk.findPerson(place.user);
    const { card } = await desk.deps.questions.explain(typed);
    const { book, id, name } = card.explanation.account;
    const account = { book, id, name, asOf: null };
    await update(desk, viewId, form(desk, place, account, standingOf(card.explanation)));
  } catch (error) {
    await update(desk, viewId, noOverrideModal(errorSentence(error)));
    if (!(error instanceof IcpError)) throw error;
  }
}

/** Keeps a tier that somebody gave an account, and says in the channel whose word it is. */
export async function overrideTier(
  desk: Desk,
  place: Place,
  account: AccountValue,
  said: Pick<Parameters<JudgementDeps['override']>[0], 'tier' | 'reason' | 'until'>,
): Promise<void> {
  const by = await desk.findPerson(place.user);
  const { override, replaced } = await judgementsOf(desk.deps).override({ account, ...said, by });
  await post(desk.client, place, overrideMessage(account, override, replaced));
}

/** Ends the override of an account, and says so where the button was. */
export async function liftTier(desk: Desk, place: Place, account: AccountValue): Promise<void> {
  const by = await desk.findPerson(place.user);
  const { override, changed } = await judgementsOf(desk.deps).liftOverride({ account, by });
  if (changed) {
    await post(desk.client, place, liftedMessage(account, override, by.name));
    return;
  }
  const text = 'It had ended before you lifted it.';
  await whisper(desk.client, place, { text, blocks: [context(text)] });
}

function form(desk: Desk, place: Place, account: AccountValue, standing: string | null): ModalView {
  const until = new Date(desk.deps.now() + usualDays * dayMs).toISOString().slice(0, 10);
  return overrideModal(account.name, writeMetadata(place, account), { standing, until });
}

async function open(desk: Desk, place: Place, view: ModalView): Promise<string | null> {
  if (place.triggerId === undefined)
    throw new IcpError('no_trigger', 'this form opens from a button or the command /icp override ACCOUNT');
  const opened = await desk.client.views.open({ trigger_id: place.triggerId, view });
  return opened.view?.id ?? null;
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
