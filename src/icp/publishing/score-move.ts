import type { ReadValues } from './diff-values.ts';
import type { PublishedName } from './published-fields.ts';

/** An account whose score in the CRM became another one. */
export interface ScoreMove {
  name: string;
  before: ReadValues;
  after: ReadValues;
}

const layerNames: Readonly<Partial<Record<PublishedName, string>>> = {
  ICP_Firmographic__c: 'what kind of company it is',
  ICP_Technographic__c: 'what it runs',
  ICP_Behavioural__c: 'what it does',
  ICP_Pain__c: 'signs that it needs help',
};

/**
 * Why a score in the CRM is not what it was, from the points of its layers that were written with it.
 *
 * @example scoreMoveLine({ name: 'Acme', before: { ICP_Score__c: 62.1, ICP_Tier__c: '2', ICP_Behavioural__c: 12 }, after: { ICP_Score__c: 43, ICP_Tier__c: '3', ICP_Behavioural__c: -7.1 } }); // => 'Acme: 62.1 to 43.0, tier 2 to 3, most of it by what it does (-19.1)'
 */
export function scoreMoveLine({ name, before, after }: ScoreMove): string {
  const was = before.ICP_Tier__c ?? 'none';
  const is = after.ICP_Tier__c ?? 'none';
  const tiers = was === is ? `still tier ${is}` : `tier ${was} to ${is}`;
  const [most] = Object.entries(layerNames)
    .map(([field, words]) => ({ words, by: Number(after[field] ?? 0) - Number(before[field] ?? 0) }))
    .filter(({ by }) => Math.abs(by) >= 0.05)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const why =
    most === undefined ? '' : `, most of it by ${most.words} (${most.by > 0 ? '+' : ''}${most.by.toFixed(1)})`;
  return `${name}: ${pointsOf(before)} to ${pointsOf(after)}, ${tiers}${why}`;
}

function pointsOf({ ICP_Score__c: score }: ReadValues): string {
  return Number(score ?? 0).toFixed(1);
}
