import { foldText } from './features/clean-text.ts';
import type { Opportunity } from './history.ts';

const noStep =
  /^(?:-+|\.+|\?+|none|no|nothing|n\/?a|tbd|to be (?:defined|determined)|unknown|no next steps?|x+|pending)?$/;

/** What an opportunity lacks to be qualified, in words for the person who asks. */
export type MissingToQualify = 'a close date' | 'a confirmed budget' | 'a real next step';

/**
 * What is missing before an opportunity counts as qualified: it needs a close date, a confirmed budget and a real next step.
 *
 * A budget nobody was asked about is not confirmed, and `TBD` or `none` is no next step. Empty: it is qualified.
 *
 * @example missingToQualify({ closeDate: 0, budgetConfirmed: true, nextStep: 'TBD' }); // => ['a real next step']
 */
export function missingToQualify(
  opportunity: Pick<Opportunity, 'closeDate' | 'budgetConfirmed' | 'nextStep'>,
): readonly MissingToQualify[] {
  const missing: MissingToQualify[] = [];
  if (opportunity.closeDate === null) missing.push('a close date');
  if (opportunity.budgetConfirmed !== true) missing.push('a confirmed budget');
  if (opportunity.nextStep === null || noStep.test(foldText(opportunity.nextStep))) missing.push('a real next step');
  return missing;
}
