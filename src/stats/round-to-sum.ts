/**
 * Shares in whole units that add up exactly: each is rounded down, and the units left over go to the largest remainders.
 *
 * @see https://en.wikipedia.org/wiki/Largest_remainder_method
 * @example roundToSum([1, 1, 1], 100); // => [34, 33, 33]
 */
export function roundToSum(parts: readonly number[], units: number): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part / total) * units);
  const whole = exact.map((share) => Math.floor(share + 1e-9));
  const left = units - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact.map((share, at) => ({ at, rest: share - whole[at]! }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (const { at } of byRemainder.slice(0, left)) whole[at]! += 1;
  return whole;
}
