import { callbackIds } from '../action-ids.ts';
import type { AccountValue } from '../buttons/button-value.ts';
import type { Desk } from '../desk.ts';
import { writeMetadata } from '../listeners/places.ts';
import { type Place, post, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { liftedMessage, overrideMessage, overrideModal, overrideTitle, standingOf } from '../views/override.ts';
import { type AccountForm, openForAccount, openForWords } from './account-form.ts';
import { type JudgementDeps, judgementsOf } from './judgement-deps.ts';

const dayMs = 86_400_000;
const usualDays = 90;

/** Asks for a person's tier, of an account that a button names or of one that somebody typed. */
export async function openOverride(desk: Desk, place: Place, account: AccountValue | string): Promise<void> {
  if (typeof account === 'string') await openForWords(desk, place, account, form(desk, place));
  else await openForAccount(desk, place, account, form(desk, place));
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

function form(desk: Desk, place: Place): AccountForm {
  const until = new Date(desk.deps.now() + usualDays * dayMs).toISOString().slice(0, 10);
  return {
    title: overrideTitle,
    callbackId: callbackIds.override,
    draw: (account, card) =>
      overrideModal(account.name, writeMetadata(place, account), {
        until,
        standing: card === null ? null : standingOf(card.explanation),
      }),
  };
}
