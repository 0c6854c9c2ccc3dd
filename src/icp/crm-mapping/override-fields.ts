import type { Tier } from '../judgements/override.ts';
import type { FieldValue } from '../types.ts';
import { type CrmRow, textOf } from './crm-values.ts';

/** The fields in which people of the CRM set a tier and say why. They are theirs: nothing of ours writes them. */
export const overrideField = { tier: 'ICP_Override__c', reason: 'ICP_Override_Reason__c' } as const;

/** Where the row of a lead or a contact keeps the tier that a person set on that very record. */
export const ownOverride = 'crm:override';

/**
 * The tier that a person set on a lead or a contact, to be kept with it. It is of that record alone: overrides in the ledger are
 * of accounts, and two leads of one account may say different things.
 */
export function ownOverrideOf(row: CrmRow): Readonly<Record<string, FieldValue>> {
  const said = textOf(row, overrideField.tier);
  return said === null ? {} : { [ownOverride]: said };
}

/**
 * The tier that the field says; `null` where it says none. `Not fit` is as low as our tiers go.
 *
 * @example tierSet('2'); // => 2
 * @example tierSet('Not fit'); // => 3
 * @example tierSet('soon'); // => null
 */
export function tierSet(value: FieldValue | undefined): Tier | null {
  if (value === '1') return 1;
  if (value === '2') return 2;
  return value === '3' || (typeof value === 'string' && value.toLowerCase() === 'not fit') ? 3 : null;
}
