const floor = 1e-6;

/**
 * How surprised each forecast was by what happened, in nats: 0 for a certain forecast that came true.
 *
 * Probabilities are held within a millionth of 0 and 1, so that one bold mistake does not cost infinity.
 *
 * @see https://scikit-learn.org/stable/modules/model_evaluation.html#log-loss
 * @example logLossEach([1, 0], [0.8, 0.8]); // => [0.2231, 1.6094]
 */
export function logLossEach(outcome: ArrayLike<number>, probability: ArrayLike<number>): Float64Array {
  const losses = new Float64Array(outcome.length);
  for (let row = 0; row < losses.length; row++) {
    const p = Math.min(Math.max(probability[row]!, floor), 1 - floor);
    losses[row] = -Math.log(outcome[row] === 1 ? p : 1 - p);
  }
  return losses;
}

/**
 * Mean log loss of forecasts, in nats. Lower is better; compare it with what the base rate alone would get.
 *
 * @example logLoss([1, 0], [0.8, 0.8]); // => 0.9163
 */
export function logLoss(outcome: ArrayLike<number>, probability: ArrayLike<number>): number {
  return logLossEach(outcome, probability).reduce((sum, loss) => sum + loss, 0) / outcome.length;
}
