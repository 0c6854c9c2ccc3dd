import type { Explanation } from '../explanation.ts';
import { oneLine } from './one-line.ts';

/** What the reasons of a score are made of: an explanation has it. */
export type ReasonsInput = Pick<Explanation, 'score' | 'base' | 'clamp'> & {
  criteria: readonly { label: string; points: number }[];
  detractor: Pick<Explanation['detractor'], 'multiplier'>;
};

const mostReasons = 8;
const longestLabel = 48;

/**
 * The points behind a score in one field of text: every figure that is printed, added up and multiplied, is the score that is
 * printed. The largest points are named, as many as fit; the rest are one figure.
 *
 * `base + points + others + clamp`, times the multiplier, rounded to one decimal, `= score`.
 *
 * @param most characters
 * @example reasonsText({ score: 57.3, base: 50, criteria: [{ label: 'industry is SaaS', points: 7.3 }], clamp: 0, detractor: { multiplier: 1 } }, 255); // => '50.0 base; +7.3 industry is SaaS; = 57.3'
 */
export function reasonsText(input: ReasonsInput, most: number): string {
  const moving = input.criteria
    .filter(({ points }) => tenths(points) !== 0)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  for (let named = Math.min(mostReasons, moving.length); named > 0; named--) {
    const text = written(input, moving, named);
    if (text.length <= most) return text;
  }
  return written(input, moving, 0);
}

function written(input: ReasonsInput, moving: ReasonsInput['criteria'], named: number): string {
  const rest = moving.slice(named);
  const others = rest.reduce((sum, { points }) => sum + tenths(points), 0);
  const { multiplier } = input.detractor;
  return [
    `${(tenths(input.base) / 10).toFixed(1)} base`,
    // A semicolon parts one reason from the next.
    ...moving
      .slice(0, named)
      .map(({ label, points }) => `${signed(tenths(points))} ${oneLine(label.replaceAll(';', ','), longestLabel)}`),
    ...(rest.length === 0 ? [] : [`${signed(others)} from ${rest.length} ${named === 0 ? 'criteria' : 'others'}`]),
    ...(tenths(input.clamp) === 0 ? [] : [`${signed(tenths(input.clamp))} to stay within the limits`]),
    ...(multiplier === 1 ? [] : [`x ${multiplier.toFixed(3)} for likeness to those who left`]),
    `= ${(tenths(input.score) / 10).toFixed(1)}`,
  ].join('; ');
}

function tenths(points: number): number {
  return Math.round(points * 10);
}

function signed(inTenths: number): string {
  return `${inTenths < 0 ? '-' : '+'}${(Math.abs(inTenths) / 10).toFixed(1)}`;
}
