import type { Rate } from '../../icp/types.ts';
import { formatFigure, formatNumber } from '../../questions/format-figure.ts';

/**
 * A rate with its interval and support, as one figure.
 *
 * @example writeRate({ v: 0.31, low: 0.24, high: 0.39, n: 142 }); // => '31.0 % (24 to 39 %, n = 142)'
 */
export function writeRate({ v, low, high, n }: Rate): string {
  return formatFigure({ key: 'rate', label: 'Rate', v, low, high, n, unit: 'share' });
}

/**
 * A share without support of its own: a weight, a fitted probability.
 *
 * @example writeShare(0.127); // => '12.7 %'
 */
export function writeShare(share: number | null): string {
  return share === null ? 'not estimable yet' : `${formatNumber(share * 100, 1)} %`;
}
