import { IcpError } from '../../errors.ts';
import { label } from '../views/text.ts';
import { readParts } from './button-parts.ts';

const longestName = 100;

/** What the button of a flag or of an event needs to know: which one, and on whom. */
export interface SubjectValue {
  id: number;
  name: string;
}

/** @example writeSubject({ id: 7, name: 'Acme' }); // => '[7,"Acme"]' */
export function writeSubject({ id, name }: SubjectValue): string {
  return JSON.stringify([id, label(name, longestName)]);
}

/**
 * @throws {IcpError} when the value is not one that we wrote: a payload comes from outside
 * @example readSubject('[7,"Acme"]').id; // => 7
 */
export function readSubject(value: string | undefined): SubjectValue {
  const [id, name] = readParts(value);
  const isId = typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= 2_147_483_647;
  if (isId && typeof name === 'string') return { id, name };
  throw new IcpError(
    'stale_button',
    'this button does not say what it belongs to; open a fresh message and press again',
  );
}
