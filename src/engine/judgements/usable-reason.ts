import { UsageError } from '../../errors.ts';

const shortest = 3;
const longest = 1000;

/**
 * What a person gave as a reason, with its edges cut off.
 *
 * @param of what it is a reason for, in words: `an override`
 * @throws {UsageError} when it is hardly a word, or an essay
 * @example usableReason('  they were acquired ', 'an override'); // => 'they were acquired'
 */
export function usableReason(typed: string, of: string): string {
  const reason = typed.trim();
  if (reason.length < shortest || reason.length > longest)
    throw new UsageError(`${of} needs a reason of ${shortest} to ${longest} characters, got ${reason.length}`);
  return reason;
}
