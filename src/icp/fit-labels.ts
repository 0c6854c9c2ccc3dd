import { assertNever } from '../errors.ts';
import type { BinMatch } from './model.ts';
import type { Feature } from './types.ts';

/**
 * A sentence about an account in a bin.
 *
 * `wholeNumbers` says that the feature only ever took whole values, so that "50 to 199" is true of `50 <= value < 200`.
 *
 * @example binLabel({ key: 'industry', label: 'Industry', layer: 'firmographic', part: 'fit', type: 'category', field: 'industry' }, { kind: 'is', values: ['logistics'] }, false); // => 'Industry is logistics'
 */
export function binLabel(feature: Feature, match: BinMatch, wholeNumbers: boolean): string {
  const { label } = feature;
  switch (match.kind) {
    case 'unknown':
      return feature.type === 'flag' ? `Not known: ${lowerFirst(label)}` : `${label} is not known`;
    case 'other':
      return `${label} is one of the rarer ones`;
    case 'is':
      if (feature.type === 'flag') return match.values[0] === 'present' ? label : absentLabel(label);
      return `${label} is ${match.values.join(' or ')}`;
    case 'range':
      return rangeLabel(feature, match, wholeNumbers);
    default:
      return assertNever(match);
  }
}

function absentLabel(label: string): string {
  const used = /^Uses (?:an? )?(.+)$/.exec(label)?.[1];
  if (used !== undefined) return `No ${used} in the stack`;
  const had = /^(?:Has|Have) (?:an? )?(.+)$/.exec(label)?.[1];
  if (had !== undefined) return `No ${had}`;
  return label.startsWith('New ') ? `No ${lowerFirst(label)}` : `${label}: no`;
}

function rangeLabel({ label, unit }: Feature, match: BinMatch & { kind: 'range' }, wholeNumbers: boolean): string {
  const percent = unit === '%';
  const ending = unit === undefined || label.toLowerCase().includes(unit.toLowerCase()) ? '' : ` ${unit}`;
  const number = (value: number) => (percent ? perCent(value) : written(value, !/\byear\b/i.test(label)));
  if (match.from === null && match.to === null) return `${label} is known`;
  if (match.from === null) return `${label} below ${number(match.to ?? 0)}${ending}`;
  if (match.to === null) return `${label} ${number(match.from)}${percent ? ' %' : ''} or more${percent ? '' : ending}`;
  if (percent) return `${label} ${number(match.from)} to ${number(match.to)}${ending}`;
  if (!wholeNumbers) return `${label} ${number(match.from)} up to ${number(match.to)}${ending}`;
  const last = match.to - 1;
  return last === match.from
    ? `${label} ${number(last)}${ending}`
    : `${label} ${number(match.from)} to ${number(last)}${ending}`;
}

/** A share as a percentage: features in % hold fractions. */
function perCent(share: number): string {
  return written(Number((share * 100).toPrecision(3)), true);
}

/** Thousands are separated, except in what counts years, where 1998 is a name and no amount. */
function written(value: number, separated: boolean): string {
  const text = String(Number(value.toPrecision(6)));
  return separated ? text.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',') : text;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
