import type { LifeReason } from '../../icp/life/life-reasons.ts';
import type { WarningSign } from '../../icp/life/warning-signs.ts';
import type { Rate } from '../../icp/types.ts';
import type { Figure } from '../types.ts';

/** A rate as a figure with its interval and support. */
export function rateFigure(key: string, label: string, rate: Rate): Figure {
  return { key, label, v: rate.v, unit: 'share', low: rate.low, high: rate.high, n: rate.n };
}

/** A median of days as a figure with its interval and support. */
export function daysFigure(key: string, label: string, days: Rate): Figure {
  return { key, label, v: days.v, unit: 'days', low: days.low, high: days.high, n: days.n };
}

/** A sign as a clause that names its figures, and the figures. */
export function signClause(sign: WarningSign, key: string): { clause: string; figures: Figure[] } {
  const since: Figure = { key: `${key}.since`, label: 'Since', v: sign.since, unit: 'date' };
  const number = (name: string, v: number): Figure => ({ key: `${key}.${name}`, label: name, v, unit: 'number' });
  const share = (v: number): Figure => ({ key: `${key}.change`, label: 'Change', v: Math.abs(v), unit: 'share' });
  const before = number('before', sign.before ?? 0);
  const now = number('now', sign.now);
  switch (sign.kind) {
    case 'usage decay':
      return {
        clause: `active users down {{${key}.change}}, from {{${key}.before}} to {{${key}.now}}, since {{${key}.since}}`,
        figures: [share(sign.change ?? 0), before, now, since],
      };
    case 'stakeholder turnover':
      return { clause: `the champion left in the month of {{${key}.since}}`, figures: [since] };
    case 'support tickets':
      return {
        clause: `tickets a month up from {{${key}.before}} to {{${key}.now}} since {{${key}.since}}`,
        figures: [before, now, since],
      };
    case 'NPS fall':
      return {
        clause: `NPS down from {{${key}.before}} to {{${key}.now}} since {{${key}.since}}`,
        figures: [before, now, since],
      };
  }
}

/** A reason of the forecast as a clause that names its figure, and the figure; a reason without a number is its name. */
export function reasonClause(reason: LifeReason, key: string): { clause: string; figures: Figure[] } {
  const { label, unit, value } = reason;
  if (value === null || unit === 'untold') return { clause: label, figures: [] };
  switch (unit) {
    case 'yes':
      return { clause: value > 0 ? label : `not so: ${label}`, figures: [] };
    case 'months':
      return { clause: `${label}: {{${key}}}`, figures: [{ key, label, v: Math.round(value), unit: 'number' }] };
    case 'days':
      return { clause: `${label}: {{${key}}}`, figures: [{ key, label, v: Math.round(value), unit: 'number' }] };
    case 'number':
      return { clause: `${label}: {{${key}}}`, figures: [{ key, label, v: value, unit: 'number' }] };
    case 'share':
    case 'log ratio':
      return { clause: `${label}: {{${key}}}`, figures: [{ key, label, v: value, unit: 'share' }] };
  }
}
