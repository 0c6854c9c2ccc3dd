import type { FieldValue, Instant } from '../../icp/types.ts';
import type { FieldDeclaration } from '../ports.ts';
import { parseFlag, parseIsoDate, parseNumber } from './parse-values.ts';

/** A row as `recordOf` reads it: by target column, typed. What cannot be read goes to `problems`. */
export interface FieldReader {
  problems: readonly string[];
  /** Single values that could not be read and are unknown now; the rest of the row is used. */
  flaws: readonly string[];
  text(target: string): string | null;
  key(target: string): string;
  number(target: string): number | null;
  numberKey(target: string): number;
  atLeastZero(target: string): number | null;
  flag(target: string): boolean | null;
  date(target: string): Instant | null;
  /** A date that cannot lie ahead. */
  past(target: string): Instant | null;
  pastKey(target: string): Instant;
  pastAfter(target: string, earlier: string): Instant | null;
  /** One of the legal words. Blank is `blank`, where that is not `null`. */
  oneOf<const Word extends string>(target: string, legal: readonly Word[], blank: NoInfer<Word> | null): Word;
  further(): Record<string, FieldValue>;
  valueOf(field: string, text: string | null): FieldValue;
}

/** What a reader needs to know beyond the row. */
export interface ReadingRules {
  now: Instant;
  /** Ways of writing dates beside ISO 8601. */
  dateReaders: readonly ((text: string) => number | null)[];
  typeOf(field: string): FieldDeclaration['type'];
}

/** The furthest zone is 14 hours ahead of UTC: a date may be today there and tomorrow here. */
const zonesAhead = 14 * 3_600_000;

/**
 * Reads the values of one row.
 *
 * @param valueOfTarget the text of a known column, `null` where it is blank or there is no such column
 * @param furtherValues the texts of all further columns, blank ones as `null`
 */
export function fieldReader(
  rules: ReadingRules,
  valueOfTarget: (target: string) => string | null,
  furtherValues: () => Iterable<readonly [field: string, text: string | null]>,
): FieldReader {
  const problems: string[] = [];
  const flaws: string[] = [];
  const complain = <Value>(reason: string, instead: Value): Value => {
    if (!problems.includes(reason)) problems.push(reason);
    return instead;
  };
  const reader: FieldReader = {
    problems,
    flaws,
    text: valueOfTarget,
    key: (target) => valueOfTarget(target) ?? complain(`${target} is missing`, ''),
    number(target) {
      const text = valueOfTarget(target);
      if (text === null) return null;
      return parseNumber(text) ?? complain(`${target} "${short(text)}" is not a number`, null);
    },
    numberKey: (target) =>
      valueOfTarget(target) === null ? complain(`${target} is missing`, 0) : (reader.number(target) ?? 0),
    atLeastZero(target) {
      const value = reader.number(target);
      return value !== null && value < 0 ? complain(`${target} is negative: ${value}`, null) : value;
    },
    flag(target) {
      const text = valueOfTarget(target);
      if (text === null) return null;
      return parseFlag(text) ?? complain(`${target} "${short(text)}" is neither yes nor no`, null);
    },
    date(target) {
      const text = valueOfTarget(target);
      if (text === null) return null;
      const read = parseDate(text, rules.dateReaders);
      return read ?? complain(`${target} "${short(text)}" is not a date; dates are written like 2026-01-31`, null);
    },
    past(target) {
      const instant = reader.date(target);
      if (instant === null || instant <= rules.now + zonesAhead) return instant;
      return complain(`${target} lies in the future: ${valueOfTarget(target)}`, instant);
    },
    pastKey: (target) =>
      valueOfTarget(target) === null ? complain(`${target} is missing`, 0) : (reader.past(target) ?? 0),
    pastAfter(target, earlier) {
      const instant = reader.past(target);
      const before = reader.date(earlier);
      if (instant === null || before === null || instant >= before) return instant;
      return complain(`${target} ${valueOfTarget(target)} is before ${earlier} ${valueOfTarget(earlier)}`, instant);
    },
    oneOf(target, legal, blank) {
      const word = valueOfTarget(target)?.toLowerCase() ?? null;
      const found = word === null ? blank : legal.find((one) => one === word);
      if (found !== null && found !== undefined) return found;
      const got = word === null ? `${target} is missing` : `${target} "${short(word)}" is not known`;
      // The row is set aside: which word stands in the unused record does not matter.
      return complain(`${got}; it is one of ${legal.join(', ')}`, legal[0] as (typeof legal)[number]);
    },
    further() {
      const values: Record<string, FieldValue> = {};
      for (const [field, text] of furtherValues()) values[field] = reader.valueOf(field, text);
      return values;
    },
    valueOf(field, text) {
      if (text === null) return null;
      const value = typed(text, rules.typeOf(field));
      if (value === undefined)
        flaws.push(`${field} "${short(text)}" is not a ${rules.typeOf(field)} and is unknown now`);
      return value ?? null;
    },
  };
  return reader;
}

/** A value by its declared type; `undefined` where the text is no such thing. */
function typed(text: string, type: FieldDeclaration['type']): FieldValue | undefined {
  switch (type) {
    case 'number':
      return parseNumber(text) ?? undefined;
    case 'flag':
      return parseFlag(text) ?? undefined;
    case 'list':
      // Blank is unknown; a list that is known to be empty is written out.
      if (text.toLowerCase() === 'none') return [];
      return text
        .split(';')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'category':
      return text;
  }
}

function parseDate(text: string, readers: ReadingRules['dateReaders']): number | null {
  const iso = parseIsoDate(text);
  if (iso !== null) return iso;
  for (const read of readers) {
    const instant = read(text);
    if (instant !== null) return instant;
  }
  return null;
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
