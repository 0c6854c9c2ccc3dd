/**
 * E-value: how strong a hidden factor would have to be to explain a ratio of two rates away.
 *
 * At 2.1 it says: only something that nobody wrote down, that is 2.1 times as common on the one side and makes the outcome
 * 2.1 times as likely, on top of all that was adjusted for, could make this difference out of nothing. A ratio below 1 counts
 * like its inverse; a ratio of 1 needs no explaining, and its E-value is 1.
 *
 * @see https://en.wikipedia.org/wiki/E-value_(epidemiology), VanderWeele and Ding 2017
 * @throws {RangeError} when the ratio is not above 0
 * @example eValue(3.9); // => 7.26
 */
export function eValue(ratio: number): number {
  if (!(ratio > 0)) throw new RangeError(`eValue requires a ratio above 0, got ${ratio}`);
  const away = ratio < 1 ? 1 / ratio : ratio;
  return away + Math.sqrt(away * (away - 1));
}

/**
 * The most by which a factor can raise a ratio of two rates: one that is `commoner` times as common on the one side and
 * makes the outcome `likelier` times as likely. Both at least 1.
 *
 * @see Ding and VanderWeele 2016, "Sensitivity analysis without assumptions"
 * @throws {RangeError} when either is below 1
 * @example boundingFactor(2, 2); // => 1.3333
 */
export function boundingFactor(commoner: number, likelier: number): number {
  if (!(commoner >= 1 && likelier >= 1)) {
    throw new RangeError(`boundingFactor requires two ratios of at least 1, got ${commoner} and ${likelier}`);
  }
  if (!Number.isFinite(commoner)) return likelier;
  if (!Number.isFinite(likelier)) return commoner;
  return (commoner * likelier) / (commoner + likelier - 1);
}
