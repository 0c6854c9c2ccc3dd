import type { Part, Rate } from '../icp/types.ts';
import { formatFigure, formatNumber } from './format-figure.ts';

/**
 * How often those in a bin of a criterion were won, and what the rate is of.
 *
 * A criterion of fit counts accounts. One of timing counts account-months: an account is looked at every month until it is won,
 * and asked each time whether that came soon after, so its rates are smaller and its counts larger than those of accounts.
 *
 * @example wonWords('fit', { v: 0.31, low: 0.24, high: 0.39, n: 142 }); // => 'won 31.0 % (24 to 39 %, n = 142)'
 * @example wonWords('timing', { v: 0.001, low: 0, high: 0.002, n: 4907 }); // => 'won soon after in 0.1 % (0.0 to 0.2 %) of 4,907 account-months'
 */
export function wonWords(part: Part, { v, low, high, n }: Rate): string {
  const share = { key: 'rate', label: 'Rate', unit: 'share', v, low, high } as const;
  return part === 'timing'
    ? `won soon after in ${formatFigure(share)} of ${formatNumber(n, 0)} account-months`
    : `won ${formatFigure({ ...share, n })}`;
}
