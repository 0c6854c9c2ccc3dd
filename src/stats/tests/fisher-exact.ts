/**
 * Fisher's exact test of a two-by-two table, one-sided: how likely at least so many of `hits` in the group are by chance.
 *
 * With the margins held fixed the count in the corner is hypergeometric, so the p-value is right however small the counts
 * are. Time grows with the smallest margin.
 *
 * @param hits successes in the group of `size`
 * @param otherHits successes outside, among `otherSize`
 * @see https://en.wikipedia.org/wiki/Fisher%27s_exact_test
 * @throws {RangeError} when there are more successes than rows
 * @example fisherExact(3, 4, 1, 4); // => 0.243
 */
export function fisherExact(hits: number, size: number, otherHits: number, otherSize: number): number {
  if (hits > size || otherHits > otherSize || hits < 0 || otherHits < 0) {
    throw new RangeError(
      `fisherExact requires successes from 0 up to the rows, got ${hits} of ${size} and ${otherHits} of ${otherSize}`,
    );
  }
  const all = hits + otherHits;
  const most = Math.min(size, all);
  const whole = logChoose(size + otherSize, all);
  let tail = 0;
  for (let count = hits; count <= most; count++) {
    tail += Math.exp(logChoose(size, count) + logChoose(otherSize, all - count) - whole);
  }
  return Math.min(1, tail);
}

function logChoose(from: number, take: number): number {
  if (take < 0 || take > from) return Number.NEGATIVE_INFINITY;
  return logFactorial(from) - logFactorial(take) - logFactorial(from - take);
}

const small: number[] = [0];

/** Summed up to 256, then by Stirling's series, which is exact to the last digits there. */
function logFactorial(n: number): number {
  if (n > 256) {
    return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
  }
  for (let next = small.length; next <= n; next++) small[next] = small[next - 1]! + Math.log(next);
  return small[n]!;
}
