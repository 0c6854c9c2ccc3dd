/**
 * The parts of a button's value: a list, written as JSON; empty for anything else, since a payload comes from outside.
 *
 * @example readParts('[3,"Acme"]'); // => [3, 'Acme']
 * @example readParts('{"a":1}'); // => []
 */
export function readParts(value: string | undefined): unknown[] {
  try {
    const parts: unknown = JSON.parse(value ?? '');
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/**
 * Whether a part is a number of something, within what a database counts to.
 *
 * @example isCount(-1); // => false
 */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647;
}
