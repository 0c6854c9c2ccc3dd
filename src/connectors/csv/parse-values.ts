import { IcpError } from '../../errors.ts';

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * An ISO 8601 date or date and time, in milliseconds since 1970; `null` where it is none. Without a zone it is UTC.
 *
 * @example parseIsoDate('2024-02-29'); // => 1709164800000
 * @example parseIsoDate('2023-02-29'); // => null
 */
export function parseIsoDate(text: string): number | null {
  const match = iso.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const time = [hour, minute, second].map((part) => Number(part ?? 0));
  const millis = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const instant = instantOf([Number(year), Number(month), Number(day)], time, millis);
  return instant === null ? null : instant - zoneOffset(zone);
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** Refuses what the calendar does not have: 30 February, hour 25. */
function instantOf(date: readonly number[], time: readonly number[], millis: number): number | null {
  const [year = 0, month = 0, day = 0] = date;
  const [hour = 0, minute = 0, second = 0] = time;
  const midnight = Date.UTC(year, month - 1, day);
  const back = new Date(midnight);
  if (year < 1000 || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + millis;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const tokens: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<year>\\d{2})',
  mm: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{1,2})',
  mon: '(?<month>[a-z]{3})[a-z]*\\.?',
};

/** What a mapping may write as a date format: `yyyy`, `yy`, `mm`, `mon`, `dd` with `/ . -` or blanks between. */
export const dateFormat = /^(?:(?:yyyy|yy|mm|mon|dd)[/.\- ,]*){3}$/;

/**
 * A reader of dates written in one way, e.g. `dd/mm/yyyy`. A time of day may follow. Two-digit years up to 68 are 20xx.
 *
 * @example dateReader('dd/mm/yyyy')('28/02/2024 13:30'); // => 1709127000000
 * @example dateReader('mm/dd/yyyy')('28/02/2024'); // => null
 */
export function dateReader(format: string): (text: string) => number | null {
  if (!dateFormat.test(format)) {
    throw new IcpError('mapping', `a date format is written with yyyy, yy, mm, mon and dd, got "${format}"`);
  }
  const day = format.replaceAll(/yyyy|yy|mm|mon|dd|[.]/g, (token) => tokens[token] ?? `\\${token}`);
  const time = '(?:[T ]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?\\s*(?<half>[ap]m)?)?';
  const pattern = new RegExp(`^${day}${time}$`, 'i');
  return (text) => {
    const parts = pattern.exec(text)?.groups;
    if (parts === undefined) return null;
    const written = Number(parts.year);
    const year = parts.year?.length === 2 ? written + (written <= 68 ? 2000 : 1900) : written;
    const named = months.indexOf((parts.month ?? '').slice(0, 3).toLowerCase());
    const month = named === -1 ? Number(parts.month) : named + 1;
    const half = parts.half?.toLowerCase();
    const hour = Number(parts.hour ?? 0);
    const hours = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
    return instantOf(
      [year, month, Number(parts.day)],
      [hours, Number(parts.minute ?? 0), Number(parts.second ?? 0)],
      0,
    );
  };
}

const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A number as exports write it: with thousands commas, a currency sign before it, a percent sign behind it.
 *
 * @example parseNumber('$1,234.50'); // => 1234.5
 * @example parseNumber('about 40'); // => null
 */
export function parseNumber(text: string): number | null {
  let bare = text;
  if (!number.test(bare)) {
    bare = bare.replace(/^([+-]?)\s*[$€£¥]\s*/, '$1').replace(/\s*[%€]$/, '');
    if (grouped.test(bare)) bare = bare.replaceAll(',', '');
    else if (!number.test(bare)) return null;
  }
  const value = Number(bare);
  return Number.isFinite(value) ? value : null;
}

const yes = new Set(['true', 'yes', 'y', '1', 't', 'present']);
const no = new Set(['false', 'no', 'n', '0', 'f', 'absent']);

/**
 * Yes or no, as exports write it; `null` where it is neither.
 *
 * @example parseFlag('Yes'); // => true
 */
export function parseFlag(text: string): boolean | null {
  const word = text.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}
