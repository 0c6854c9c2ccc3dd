/**
 * Holm's step-down adjustment: p-values made larger for having looked in several places.
 *
 * Calling everything with an adjusted value of 0.05 or less a finding is wrong about anything at all in at most 5 % of
 * analyses, however the tests depend on each other. In the order given.
 *
 * @see https://www.jstor.org/stable/4615733
 * @example holm([0.01, 0.04, 0.03]); // => [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let highest = 0;
  for (const [rank, at] of order.entries()) {
    highest = Math.max(highest, Math.min(1, pValues[at]! * (pValues.length - rank)));
    adjusted[at] = highest;
  }
  return adjusted;
}
