/**
 * Holm's adjusted p-values: the chance that even one of the finds is false.
 *
 * Stricter than `benjaminiHochberg`: whoever calls a find whatever is at most 0.05 here makes any false find at all in at
 * most one analysis in twenty. In the order of the p-values given; none given, none returned.
 *
 * @see https://en.wikipedia.org/wiki/Holm%E2%80%93Bonferroni_method
 * @throws {RangeError} when a p-value is not between 0 and 1
 * @example holm([0.01, 0.04, 0.03]); // => [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) throw new RangeError(`holm requires p-values between 0 and 1, got ${pValues[wrong]} at ${wrong}`);
  const order = pValues.map((_, at) => at).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
  const adjusted = pValues.map(() => 1);
  let largest = 0;
  order.forEach((at, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[at]! * (order.length - rank)));
    adjusted[at] = largest;
  });
  return adjusted;
}
