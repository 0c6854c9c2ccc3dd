/**
 * How much richer in positives the best-scored share of the rows is than all rows: 1 is no better than chance.
 *
 * Where the border falls among equal scores, their average counts, as if ties were drawn by lot.
 *
 * @example topLift([1, 0, 1, 0], [0.9, 0.8, 0.2, 0.1], 0.25); // => 2
 */
export function topLift(outcome: ArrayLike<number>, score: ArrayLike<number>, share = 0.1): number {
  const wanted = Math.max(1, Math.round(outcome.length * share));
  const threshold = Float64Array.from(score).sort().at(-wanted)!;
  let all = 0;
  let above = 0;
  let positivesAbove = 0;
  let tied = 0;
  let positivesTied = 0;
  for (let row = 0; row < outcome.length; row++) {
    all += outcome[row]!;
    if (score[row]! > threshold) {
      above++;
      positivesAbove += outcome[row]!;
    } else if (score[row]! === threshold) {
      tied++;
      positivesTied += outcome[row]!;
    }
  }
  const found = positivesAbove + (wanted - above) * (positivesTied / tied);
  return found / wanted / (all / outcome.length);
}
