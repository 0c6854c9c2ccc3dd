import { UsageError } from '../errors.ts';

/**
 * A day on the command line, as the instant at which it begins (UTC); `null` when it was not given.
 *
 * @throws {UsageError} when it is no date
 * @example instantOption('2026-09-30', '--at'); // => 1790726400000
 */
export function instantOption(value: unknown, name: string): number | null {
  if (value === undefined) return null;
  const instant = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) throw new UsageError(`${name} needs a date such as 2026-09-30, got ${String(value)}`);
  return instant;
}

/** A whole number on the command line; `fallback` when it was not given. */
export function integerOption(value: unknown, name: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || !/^-?\d+$/.test(value))
    throw new UsageError(`${name} needs a whole number, got ${String(value)}`);
  return Number(value);
}

/** Slack's emphasis taken out, for a terminal. */
export function plainText(mrkdwn: string): string {
  return mrkdwn.replace(/\*([^*\n]+)\*/g, '$1').replace(/(^|\s)_([^_\n]+)_(?=[\s.,;:)]|$)/g, '$1$2');
}

/** The book named with `--book`, as the questions want it; nothing when none was named. */
export function bookOption(options: Readonly<Record<string, unknown>>): { book?: string } {
  return typeof options.book === 'string' ? { book: options.book } : {};
}

/** The flags of `--book`, for the commands that take it. */
export const bookFlag = {
  flags: '--book <name>',
  description: 'the book of business; the first that came when not named',
};
