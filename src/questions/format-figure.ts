import { assertNever, IcpError } from '../errors.ts';
import type { Figure } from './types.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A figure as a person reads it, with its interval and support where it has them.
 *
 * The one place where figures become text: Slack, the command line and the language model's answers all read alike.
 * Shares become per cent, dates a day in UTC, `null` is `not known`. Money is written without a currency, because a
 * book has only one and does not name it.
 *
 * @throws {IcpError} when a number is not finite, so that no `NaN` reaches a person
 * @example formatFigure({ key: 'won', label: 'Won', v: 0.312, unit: 'share', low: 0.24, high: 0.39, n: 142 }); // => '31.2 % (24 to 39 %, n = 142)'
 */
export function formatFigure(figure: Figure): string {
  const { v, low, high, n } = figure;
  if (v === null) return 'not known';
  if (figure.rough === true && typeof v === 'number')
    return roughScore(v, low === undefined || high === undefined ? null : { low, high });
  const support: string[] = [];
  if (low !== undefined && high !== undefined) support.push(formatInterval(figure, low, high));
  if (n !== undefined) support.push(`n = ${formatNumber(n, 0)}`);
  const value = formatValue(figure, v);
  return support.length === 0 ? value : `${value} (${support.join(', ')})`;
}

/**
 * A score on low evidence, in whole points: with the range that it may lie in, where one is known.
 *
 * @example roughScore(62.3, { low: 47.9, high: 75.2 }); // => 'about 62 (48 to 75), low evidence'
 * @example roughScore(62.3, null); // => 'about 62, low evidence'
 */
export function roughScore(score: number, range: { low: number; high: number } | null): string {
  const between = range === null ? '' : ` (${formatNumber(range.low, 0)} to ${formatNumber(range.high, 0)})`;
  return `about ${formatNumber(score, 0)}${between}, low evidence`;
}

/**
 * Puts figures into a sentence: every `{{key}}` becomes the figure of that key.
 *
 * @param format how a figure is written; Slack passes its own to escape what came from a CRM
 * @throws {IcpError} when the sentence names a figure that is not there: nobody shall read a gap, or a made-up number
 * @example fillIn('Scored {{score}}', [{ key: 'score', label: 'Score', v: 78.4, unit: 'points' }]); // => 'Scored 78.4'
 */
export function fillIn(text: string, figures: readonly Figure[], format: (figure: Figure) => string = formatFigure) {
  const byKey = new Map(figures.map((figure) => [figure.key, figure]));
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_whole, key: string) => {
    const figure = byKey.get(key);
    if (figure) return format(figure);
    const known = [...byKey.keys()].slice(0, 12).join(', ') || 'none';
    throw new IcpError('unknown_figure', `no figure is called ${key}; the answer has ${known}`);
  });
}

/**
 * A number with thousands separators and a fixed number of decimals; zero never has a sign.
 *
 * @throws {IcpError} when the number is not finite
 * @example formatNumber(-1234.56, 1); // => '-1,234.6'
 */
export function formatNumber(v: number, decimals: number): string {
  if (!Number.isFinite(v)) throw new IcpError('figure_not_finite', `a figure must be a finite number, got ${v}`);
  const [whole = '0', fraction] = Math.abs(v).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const unsigned = fraction === undefined ? digits : `${digits}.${fraction}`;
  return v < 0 && /[1-9]/.test(unsigned) ? `-${unsigned}` : unsigned;
}

/**
 * A day in words, in UTC. What is no date comes back as it is.
 *
 * @example formatDate('2026-09-30T00:00:00Z'); // => '30 Sep 2026'
 */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function formatValue({ unit }: Figure, v: number | string): string {
  if (typeof v === 'string') return unit === 'date' ? formatDate(v) : v;
  switch (unit) {
    case 'points':
      return formatNumber(v, 1);
    case 'tier':
      return `tier ${formatNumber(v, 0)}`;
    case 'share':
      return `${formatNumber(v * 100, 1)} %`;
    case 'count':
    case 'money':
      return formatNumber(v, 0);
    case 'days':
      return `${formatShort(v, 1)} ${Math.abs(v) === 1 ? 'day' : 'days'}`;
    case 'ratio':
    case 'number':
      return formatShort(v, 3);
    case 'date':
      return formatDate(new Date(v).toISOString());
    case 'text':
      return formatShort(v, 3);
    default:
      return assertNever(unit);
  }
}

function formatInterval({ unit }: Figure, low: number, high: number): string {
  if (unit === 'share') {
    const decimals = high - low < 0.03 ? 1 : 0;
    return `${formatNumber(low * 100, decimals)} to ${formatNumber(high * 100, decimals)} %`;
  }
  if (unit === 'points') return `${formatNumber(low, 1)} to ${formatNumber(high, 1)}`;
  const decimals = unit === 'count' || unit === 'money' ? 0 : 3;
  return `${formatShort(low, decimals)} to ${formatShort(high, decimals)}`;
}

/** At most `decimals`, without trailing zeros: 0.848, 2, 3.5. */
function formatShort(v: number, decimals: number): string {
  const fixed = formatNumber(v, decimals);
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}
