/**
 * Brier score: the mean squared distance between what was promised and what happened. 0 is perfect, lower is better.
 *
 * @see https://scikit-learn.org/stable/modules/model_evaluation.html#brier-score-loss
 * @example brierScore([1, 0], [0.8, 0.3]); // => 0.065
 */
export function brierScore(outcome: ArrayLike<number>, probability: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < outcome.length; row++) sum += (outcome[row]! - probability[row]!) ** 2;
  return sum / outcome.length;
}
