/**
 * The probability that belongs to a log-odds.
 *
 * @example sigmoid(0); // => 0.5
 */
export function sigmoid(logOdds: number): number {
  if (logOdds >= 0) return 1 / (1 + Math.exp(-logOdds));
  const odds = Math.exp(logOdds);
  return odds / (1 + odds);
}

/**
 * The log-odds that belong to a probability: minus or plus infinity at 0 and 1.
 *
 * @example logit(0.8); // => 1.3863
 */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
