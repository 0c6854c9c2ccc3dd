import { foldText } from './features/clean-text.ts';

/** The five ways in which a customer grows. */
export const expansionKinds = ['seats', 'usage', 'products', 'upsell', 'cross-sell'] as const;
export type ExpansionKind = (typeof expansionKinds)[number];

const signs: readonly (readonly [RegExp, ExpansionKind])[] = [
  [/cross[\s_-]?sell/, 'cross-sell'],
  [/up[\s_-]?sell|upgrade|higher (?:plan|tier)/, 'upsell'],
  [/\bseats?\b|\blicen[sc]es?\b|\busers?\b|headcount/, 'seats'],
  [/\busage\b|\bconsumption\b|\bvolume\b|\boverage\b|\blimit\b|\bcredits?\b/, 'usage'],
  [/\bproducts?\b|\bmodules?\b|\badd[\s_-]?ons?\b/, 'products'],
];

/**
 * Which of the five kinds of expansion a text means; `null` where it names none.
 *
 * @example expansionKindOf('40 more seats'); // => 'seats'
 * @example expansionKindOf('Cross-sell of the analytics product'); // => 'cross-sell'
 */
export function expansionKindOf(text: string | null): ExpansionKind | null {
  if (text === null) return null;
  const folded = foldText(text);
  return signs.find(([sign]) => sign.test(folded))?.[1] ?? null;
}
