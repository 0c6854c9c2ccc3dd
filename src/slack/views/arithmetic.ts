import type { Explanation } from '../../icp/explanation.ts';
import { formatNumber } from '../../questions/format-figure.ts';

/** The sum that leads to a score, in whole tenths so that adding is exact. */
export interface Arithmetic {
  base: number;
  criteria: number;
  clamp: number;
  positive: number;
  multiplier: number;
  score: number;
  /** False when the parts that would be shown do not come to the score that would be shown. */
  holds: boolean;
}

/**
 * Adds an explanation up again, from the parts as they are printed.
 *
 * A card never claims that it adds up without having added it up. Either neighbour is accepted where the product lies
 * exactly between two tenths.
 */
export function addUp(explanation: Explanation): Arithmetic {
  const base = tenths(explanation.base);
  const criteria = explanation.criteria.reduce((sum, { points }) => sum + tenths(points), 0);
  const clamp = tenths(explanation.clamp);
  const positive = tenths(explanation.positive);
  const multiplier = Math.round(explanation.detractor.multiplier * 1000);
  const score = tenths(explanation.score);
  const holds = base + criteria + clamp === positive && Math.abs(positive * multiplier - score * 1000) <= 500;
  return { base, criteria, clamp, positive, multiplier, score, holds };
}

/** The sum as one line: `base 41.2 + criteria 17.1 = fit part 58.3; 58.3 x 0.848 = score 49.4`. */
export function arithmeticLine(explanation: Explanation): string {
  const { base, criteria, clamp, positive, multiplier, score, holds } = addUp(explanation);
  if (!holds) return 'This score does not add up, so do not act on it: tell RevOps, and run the verify command';
  const held = clamp === 0 ? '' : ` ${plus(clamp)} to stay within 0 and 100`;
  const fit = formatNumber(positive / 10, 1);
  const sum = `base ${formatNumber(base / 10, 1)} ${plus(criteria)} from ${explanation.criteria.length} criteria${held}`;
  return `Adds up: ${sum} = ${fit}; ${fit} × ${formatNumber(multiplier / 1000, 3)} = *${formatNumber(score / 10, 1)}*`;
}

/**
 * Points with their sign, as every list of reasons shows them.
 *
 * @example signed(8.3); // => '+8.3'
 */
export function signed(points: number): string {
  const text = formatNumber(points, 1);
  return text.startsWith('-') || !/[1-9]/.test(text) ? text : `+${text}`;
}

function plus(inTenths: number): string {
  const size = formatNumber(Math.abs(inTenths) / 10, 1);
  return inTenths < 0 ? `- ${size}` : `+ ${size}`;
}

function tenths(points: number): number {
  return Math.round(points * 10);
}
