import type { ModalView } from '@slack/types';
import { isLowEvidence } from '../../icp/evidence.ts';
import type { Explanation } from '../../icp/explanation.ts';
import type { Override } from '../../icp/judgements/override.ts';
import { formatDate, formatNumber, roughScore } from '../../questions/format-figure.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import { type AccountValue, writeAccount } from '../buttons/button-value.ts';
import { actions, button, context, type Message, section } from './blocks.ts';
import { choiceField, dayField, formModal, textField } from './form.ts';
import { plain } from './text.ts';

export const overrideTitle = 'Override the tier';
export const overrideFields = { tier: 'tier', reason: 'reason', until: 'until' } as const;

const tiers = [
  { value: '1', label: 'Tier 1: primary' },
  { value: '2', label: 'Tier 2: nurture' },
  { value: '3', label: 'Tier 3: excluded' },
];

/** What a person is asked who knows more of an account than the model does. */
export function overrideModal(
  accountName: string,
  metadata: string,
  { standing, until }: { standing: string | null; until: string },
): ModalView {
  return formModal({
    callbackId: callbackIds.override,
    title: overrideTitle,
    submit: 'Override',
    metadata,
    blocks: [
      section(
        `Your tier for *${plain(accountName, 150)}* is shown beside the model’s, with your name and reason, and lapses by itself.`,
      ),
      ...(standing === null ? [] : [context(standing)]),
      choiceField({ id: overrideFields.tier, question: 'Tier', options: tiers }),
      textField({
        id: overrideFields.reason,
        question: 'What do you know that the model does not?',
        placeholder: 'For example: their new owner has frozen all buying until May',
        multiline: true,
        shortest: 3,
      }),
      dayField({ id: overrideFields.until, question: 'Until', value: until, hint: 'A year at most' }),
    ],
  });
}

/** How an account stands, for whoever is about to say something else. */
export function standingOf({
  tier,
  score,
  evidence,
  range,
  override,
}: Pick<Explanation, 'evidence' | 'range'> & {
  tier: number;
  score: number;
  override: { tier: number; by: string; until: string } | null;
}): string {
  const scored = isLowEvidence(evidence.grade) ? roughScore(score, range) : formatNumber(score, 1);
  const model = `The model says tier ${tier}, with a score of ${scored}.`;
  if (override === null) return model;
  return `${model} ${plain(override.by, 80)} says tier ${override.tier} until ${formatDate(override.until)}; yours would take its place.`;
}

/** Everybody in the channel sees whose word it is. */
export function overrideMessage(account: AccountValue, override: Override, replaced: Override | null): Message {
  const { tier, byName, reason, until, modelTier } = override;
  const model =
    modelTier === null
      ? 'The model has no score for it.'
      : `The model says tier ${modelTier}, and keeps saying so beside it.`;
  const before =
    replaced === null ? '' : ` It takes the place of tier ${replaced.tier} by ${plain(replaced.byName, 80)}.`;
  const said = `${plain(byName, 80)} puts *${plain(account.name, 150)}* in *tier ${tier}* until ${formatDate(new Date(until).toISOString())}: “${plain(reason, 1000)}”`;
  return {
    text: said.replaceAll('*', ''),
    blocks: [
      section(said),
      context(`${model}${before}`),
      actions([button('Lift override', actionIds.liftOverride, writeAccount(account))]),
    ],
  };
}

/** The same, when it is over before its day. */
export function liftedMessage(account: AccountValue, { tier, byName }: Override, by: string): Message {
  const said = `${plain(by, 80)} lifted the override of *${plain(account.name, 150)}* (tier ${tier}, by ${plain(byName, 80)}). It has the model’s tier again.`;
  return { text: said.replaceAll('*', ''), blocks: [section(said)] };
}
