import { IcpError } from '../../errors.ts';
import { label } from '../views/text.ts';
import { isCount, readParts } from './button-parts.ts';

const longestName = 100;

/** What a button of an alert needs to know: which alert, of whom, and for how many weeks it is put off (0 for no such button). */
export interface AlertValue {
  alertId: number;
  name: string;
  weeks: number;
}

/** @example writeAlert({ alertId: 7, name: 'Acme', weeks: 2 }); // => '[7,"Acme",2]' */
export function writeAlert({ alertId, name, weeks }: AlertValue): string {
  return JSON.stringify([alertId, label(name, longestName), weeks]);
}

/**
 * @throws {IcpError} when the value is not one that we wrote: a payload comes from outside
 * @example readAlert('[7,"Acme",2]').weeks; // => 2
 */
export function readAlert(value: string | undefined): AlertValue {
  const [alertId, name, weeks] = readParts(value);
  if (isCount(alertId) && typeof name === 'string' && isCount(weeks)) return { alertId, name, weeks };
  throw new IcpError('stale_button', 'this button names no alert; ask who may leave to get a fresh list');
}
