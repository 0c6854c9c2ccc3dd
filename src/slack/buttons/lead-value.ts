import { IcpError } from '../../errors.ts';
import { label } from '../views/text.ts';
import { readParts } from './button-parts.ts';

const longestName = 100;

/** What a button of a lead needs to know: which lead, and what people call it. */
export interface LeadValue {
  book: string;
  leadId: string;
  name: string;
}

/** @example writeLead({ book: 'main', leadId: 'L7', name: 'Acme' }); // => '["main","L7","Acme"]' */
export function writeLead({ book, leadId, name }: LeadValue): string {
  return JSON.stringify([book, leadId, label(name, longestName)]);
}

/**
 * @throws {IcpError} when the value is not one that we wrote: a payload comes from outside
 * @example readLead('["main","L7","Acme"]').leadId; // => 'L7'
 */
export function readLead(value: string | undefined): LeadValue {
  const [book, leadId, name] = readParts(value);
  if (typeof book === 'string' && typeof leadId === 'string' && typeof name === 'string') return { book, leadId, name };
  throw new IcpError('stale_button', 'this button names no lead; write /icp leads to get a fresh card');
}
