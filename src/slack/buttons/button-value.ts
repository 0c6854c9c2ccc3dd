import { IcpError } from '../../errors.ts';
import { label } from '../views/text.ts';
import { readParts } from './button-parts.ts';

const longestName = 100;

/** What a button needs to know when it is pressed, perhaps next month and after a restart: everything, in its value. */
export interface AccountValue {
  book: string;
  id: string;
  name: string;
  /** The day of the card that it hangs on, so that the breakdown shows the same figures; `null` is today. */
  asOf: string | null;
}

/** @example writeAccount({ book: 'main', id: '001', name: 'Acme', asOf: null }); // => '["main","001","Acme",null]' */
export function writeAccount({ book, id, name, asOf }: AccountValue): string {
  return JSON.stringify([book, id, label(name, longestName), asOf]);
}

/**
 * @throws {IcpError} when the value is not one that we wrote: a payload comes from outside
 * @example readAccount('["main","001","Acme",null]').id; // => '001'
 */
export function readAccount(value: string | undefined): AccountValue {
  const [book, id, name, asOf] = readParts(value);
  const named = typeof book === 'string' && typeof id === 'string' && typeof name === 'string';
  if (named && (asOf === null || typeof asOf === 'string')) return { book, id, name, asOf };
  throw new IcpError('stale_button', 'this button names no account; ask again to get a fresh card');
}
