/**
 * Benjamini-Hochberg q-values: what share of the finds would be false if the line were drawn here.
 *
 * Look at forty criteria and two will look clear by luck alone. Whoever calls a find whatever has a q-value of at most 0.05
 * is wrong about one find in twenty on average, however many were looked at. In the order of the p-values given; none
 * given, none returned.
 *
 * @see https://en.wikipedia.org/wiki/False_discovery_rate#Benjamini%E2%80%93Hochberg_procedure
 * @throws {RangeError} when a p-value is not between 0 and 1
 * @example benjaminiHochberg([0.01, 0.04, 0.03]); // => [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = inOrder(pValues);
  const adjusted = pValues.map(() => 1);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const at = order[rank - 1]!;
    smallest = Math.min(smallest, (pValues[at]! * order.length) / rank);
    adjusted[at] = smallest;
  }
  return adjusted;
}

function inOrder(pValues: readonly number[]): number[] {
  const wrong = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) {
    throw new RangeError(`benjaminiHochberg requires p-values between 0 and 1, got ${pValues[wrong]} at ${wrong}`);
  }
  return pValues.map((_, at) => at).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
}
