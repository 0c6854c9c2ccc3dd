/** Where the groups end, as shares of the rows: narrow in the tails. */
const shares = [0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.975, 0.99];

/**
 * Where to cut numbers into groups that are narrow in the tails, for rare things that only the extremes foretell.
 *
 * Groups of equal size would put the one customer in fifty whose use collapses together with the five whose use dips. A group
 * is `from <= value < to`; equal values share one. No cut when all values are alike.
 *
 * @example tailCuts([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]); // => [5]
 */
export function tailCuts(values: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(values).sort();
  const cuts: number[] = [];
  for (const share of shares) {
    const cut = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
    if (cut !== undefined && cut > (cuts.at(-1) ?? sorted[0]!)) cuts.push(cut);
  }
  return cuts;
}
