/**
 * A p-value or q-value to three decimals; never 0, which no test can say.
 *
 * @example roundP(1e-9); // => 0.001
 */
export function roundP(p: number): number {
  return Math.max(round(p, 3), 0.001);
}

/**
 * A number to so many decimals; zero never has a sign.
 *
 * @example round(0.12345, 3); // => 0.123
 */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor || 0;
}
