import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import { normalQuantile, twoSidedP } from '../../stats/tests/normal-distribution.ts';
import type { FeatureValue, Rate } from '../types.ts';
import type { Contrast } from './contrast.ts';
import type { Population } from './population.ts';

/** A contrast as anybody would count it: two shares and what parts them, nothing held equal. */
export interface RawDifference {
  contrast: Contrast;
  counts: { with: number; without: number; unknown: number };
  rates: { with: Rate; without: Rate };
  v: number;
  low: number;
  high: number;
  p: number;
  z: number;
}

/**
 * Of the ways to part accounts the one that parts the outcome most plainly, its interval and p-value widened for having been
 * picked out of several; `null` where there is no way.
 *
 * @see https://en.wikipedia.org/wiki/Bonferroni_correction
 */
export function rawDifference(
  { all }: Population,
  column: readonly FeatureValue[],
  contrasts: readonly Contrast[],
): RawDifference | null {
  const wide = normalQuantile(1 - 0.025 / Math.max(1, contrasts.length));
  let best: RawDifference | null = null;
  for (const contrast of contrasts) {
    const n = [0, 0];
    const came = [0, 0];
    all.row.forEach((row, at) => {
      const side = contrast.of(column[row]!);
      if (side === null) return;
      n[side]! += 1;
      came[side]! += all.came[at]!;
    });
    if (n[0] === 0 || n[1] === 0) continue;
    const [without, withIt] = [wilsonInterval(came[0]!, n[0]!, wide), wilsonInterval(came[1]!, n[1]!, wide)];
    const [rateWithout, rateWith] = [came[0]! / n[0]!, came[1]! / n[1]!];
    const v = rateWith - rateWithout;
    const pooled = (came[0]! + came[1]!) / (n[0]! + n[1]!);
    const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n[0]! + 1 / n[1]!));
    const z = spread === 0 ? 0 : v / spread;
    if (best !== null && Math.abs(z) <= Math.abs(best.z)) continue;
    best = {
      contrast,
      counts: { with: n[1]!, without: n[0]!, unknown: all.row.length - n[0]! - n[1]! },
      rates: { with: { v: rateWith, ...withIt, n: n[1]! }, without: { v: rateWithout, ...without, n: n[0]! } },
      // Newcombe's interval: the two Wilson intervals put together.
      low: v - Math.hypot(rateWith - withIt.low, without.high - rateWithout),
      high: v + Math.hypot(withIt.high - rateWith, rateWithout - without.low),
      p: Math.min(1, contrasts.length * twoSidedP(z)),
      ...{ v, z },
    };
  }
  return best;
}
