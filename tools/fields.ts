import { z } from 'zod';
import { UsageError } from '../src/errors.ts';

/** Arguments that several tools share. */
export const accountField = z
  .string()
  .min(1)
  .max(200)
  .describe('The account: its name as the person wrote it, its domain, or its id. Never two accounts in one field.');

export const bookField = z
  .string()
  .optional()
  .describe('The book of business, where the same name occurs in several. Leave out unless an answer asked for it.');

export const dayField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .describe('A day in the past as YYYY-MM-DD, to answer as of the end of that day. Leave out for today.');

/**
 * The instant at the end of a day in UTC, as an option of a question; nothing for no day.
 *
 * @throws {UsageError} when the day does not exist
 * @example instantOf('2026-03-03'); // => { at: 1772582399999 }
 */
export function instantOf(day: string | undefined): { at?: number } {
  if (day === undefined) return {};
  const at = Date.parse(`${day}T23:59:59.999Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(day))
    throw new UsageError(`a day that exists is needed as YYYY-MM-DD, got ${day}`);
  return { at };
}
