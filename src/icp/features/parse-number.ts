import type { FieldValue } from '../types.ts';

const plain = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:e[+-]?\d{1,2})?$/i;
const scales: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/**
 * The number that a text says, `null` where it does not plainly say one.
 *
 * Reads thousands separated by commas, a currency sign in front, and `%`, `k`, `M` or `B` behind (`12%` is 12). A range
 * such as `50-100` is not a number, and neither is a code with a leading zero such as `02134`.
 *
 * @example parseNumber('$4.5M'); // => 4500000
 * @example parseNumber('1,200'); // => 1200
 * @example parseNumber('50-100'); // => null
 */
export function parseNumber(value: FieldValue): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 32) return null;
  let text = value.trim();
  if (!/\d/.test(text)) return null;
  text = text.replace(/^([+-]?)(?:US\$|[$€£¥])\s*/, '$1');
  let scale = 1;
  const suffix = /\s*([kmb%])$/i.exec(text);
  if (suffix !== null) {
    text = text.slice(0, suffix.index);
    scale = scales[suffix[1]?.toLowerCase() ?? ''] ?? 1;
  }
  if (!plain.test(text) || /^[+-]?0\d/.test(text)) return null;
  const number = Number(text.replaceAll(',', ''));
  return Number.isFinite(number) ? Number((number * scale).toPrecision(15)) : null;
}
