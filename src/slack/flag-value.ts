import { IcpError } from '../errors.ts';
import { label } from './views/text.ts';

const longestName = 100;

/** What the button of a flag needs to know: which flag, and on whom. */
export interface FlagValue {
  flagId: number;
  name: string;
}

/** @example writeFlag({ flagId: 7, name: 'Acme' }); // => '[7,"Acme"]' */
export function writeFlag({ flagId, name }: FlagValue): string {
  return JSON.stringify([flagId, label(name, longestName)]);
}

/**
 * @throws {IcpError} when the value is not one that we wrote: a payload comes from outside
 * @example readFlag('[7,"Acme"]').flagId; // => 7
 */
export function readFlag(value: string | undefined): FlagValue {
  const parts = parse(value);
  if (Array.isArray(parts)) {
    const [flagId, name]: unknown[] = parts;
    const isId = typeof flagId === 'number' && Number.isInteger(flagId) && flagId > 0 && flagId <= 2_147_483_647;
    if (isId && typeof name === 'string') return { flagId, name };
  }
  throw new IcpError('stale_button', 'this button names no flag; lodestar flags lists those that are open');
}

function parse(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return null;
  }
}
