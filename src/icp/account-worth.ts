import type { Stage } from './types.ts';
import type { ValueRows } from './value-rows.ts';

/** Revenue is held within the hundredth and the ninety-ninth hundredth of what paying accounts paid. */
const outer = 0.01;

/**
 * What each account is worth, as a logarithm of what it pays in a year; who pays nothing is worth nothing.
 *
 * A won account without a price counts as the value of its stage. The two are brought to one measure by the median of what
 * was paid: it is worth the value of *won*.
 */
export function accountWorth(
  { n, yearly, reached }: Pick<ValueRows, 'n' | 'yearly' | 'reached'>,
  values: Readonly<Record<Stage, number>>,
): { worth: Float64Array; paying: number } {
  const sorted = Float64Array.from(yearly.filter((paid) => paid !== null && paid > 0).map(Number)).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const unit = at(0.5) / values.won;
  const [low, high] = [at(outer), at(1 - outer)];
  const worth = Float64Array.from({ length: n }, (_, row) => {
    const paid = yearly[row] ?? null;
    const stage = reached[row] ?? null;
    if (paid === null) return stage === null ? 0 : Math.log1p(values[stage]);
    return paid > 0 ? Math.log1p(Math.min(Math.max(paid, low), high) / unit) : 0;
  });
  return { worth, paying: sorted.length };
}
