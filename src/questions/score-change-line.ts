import type { Occasion, ScoreChange } from '../icp/changes/score-change.ts';
import type { ChangedSide, ChangePart, WhyChanged } from '../icp/changes/why-changed.ts';
import { isLowEvidence } from '../icp/evidence.ts';
import { formatNumber, roughScore } from './format-figure.ts';

const occasionWords: Readonly<Record<Occasion, string>> = {
  churn: 'it left as a customer',
  expansion: 'it bought more',
  rejected: 'a lead was turned down',
  accepted: 'a lead was taken on',
  won: 'a deal was won',
  lost: 'a deal was lost',
};

const partWords: Readonly<Record<Exclude<ChangePart, 'data'>, string>> = {
  enrichmentFix: 'a value was put right',
  model: 'another model is in force',
  decay: 'time has passed',
};

/**
 * A change of score in one line. What moved it most is said first, from the exact split; what became of the account is only
 * said to be the reason where data of that day moved it. A score on low evidence comes with its range.
 *
 * @returns without a full stop: `Acme: 62.1 to 43.0, tier 2 to 3, since it left as a customer: “two visits” became “no visit” (-19.1)`
 */
export function scoreChangeLine({ name, from, to, occasions, parts, most }: ScoreChange): string {
  const tiers = from.tier === to.tier ? `still tier ${to.tier}` : `tier ${from.tier} to ${to.tier}`;
  const largest = largestPart(parts);
  const why = largest === 'data' ? occasions.map((one) => occasionWords[one]).join(' and ') : partWords[largest];
  const moved = most === null ? '' : `: “${most.before}” became “${most.after}” (${pointsBetween(most)})`;
  const between = isLowEvidence(from.evidence) ? ', to' : ' to';
  return `${name}: ${scoreOf(from)}${between} ${scoreOf(to)}, ${tiers}, since ${why}${moved}`;
}

function scoreOf({ score, evidence, range }: ChangedSide): string {
  return isLowEvidence(evidence) ? roughScore(score, range) : formatNumber(score, 1);
}

/** Of two that moved as much, the first of the four. */
function largestPart(parts: WhyChanged['parts']): ChangePart {
  let largest: ChangePart = 'data';
  for (const part of ['enrichmentFix', 'model', 'decay'] as const)
    if (Math.abs(parts[part]) > Math.abs(parts[largest])) largest = part;
  return largest;
}

function pointsBetween({ pointsBefore, pointsAfter }: WhyChanged['criteria'][number]): string {
  const difference = pointsAfter - pointsBefore;
  return `${difference > 0 ? '+' : ''}${difference.toFixed(1)}`;
}
