import { assertNever } from '../errors.ts';
import type { BinMatch, Feature } from './types.ts';

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
  const used = /^Uses (.+)$/.exec(label)?.[1];
  if (used !== undefined) return `No ${used} in the stack`;
  const had = /^(?:Has|Have) (.+)$/.exec(label)?.[1];
  return `No ${had ?? lowerFirst(label)}`;
}

function rangeLabel({ label, unit }: Feature, match: BinMatch & { kind: 'range' }, wholeNumbers: boolean): string {
  const ending = unit === undefined || label.toLowerCase().includes(unit.toLowerCase()) ? '' : ` ${unit}`;
  if (match.from === null && match.to === null) return `${label} is known`;
  if (match.from === null) return `${label} below ${written(match.to ?? 0)}${ending}`;
  if (match.to === null) return `${label} ${written(match.from)} or more${ending}`;
  if (!wholeNumbers) return `${label} ${written(match.from)} up to ${written(match.to)}${ending}`;
  const last = match.to - 1;
  return last === match.from
    ? `${label} ${written(last)}${ending}`
    : `${label} ${written(match.from)} to ${written(last)}${ending}`;
}

function written(value: number): string {
  const text = String(Number(value.toPrecision(6)));
  return Math.abs(value) >= 10000 ? text.replace(/\B(?=(\d{3})+$)/g, ',') : text;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
