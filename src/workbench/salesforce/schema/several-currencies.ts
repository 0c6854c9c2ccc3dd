import { IcpError } from '../../../errors.ts';
import { alwaysSeen, field, number, picklist } from './field.ts';
import { type ObjectSchema, setupObject } from './object-schema.ts';

/** Rates by ISO code. */
type Rates = Readonly<Record<string, number>>;

/** The name of the field in which a record says its currency. */
export const currencyField = 'CurrencyIsoCode';
const inCurrencies = ['Account', 'Lead', 'Contact', 'Opportunity', 'Contract', 'Asset'];

/**
 * What an org has once it has switched on several currencies: the rates, and on each record its currency. No permission hides either.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_currencytype.htm
 */
export function addCurrencies(schema: Map<string, ObjectSchema>, currencies: Rates): void {
  const codes = Object.keys(currencies);
  if (codes.length === 0) return;
  const rates = setupObject('CurrencyType', '01L', [
    ...[picklist('IsoCode', codes, { restricted: true, nillable: false }), number('DecimalPlaces', 'int')],
    number('ConversionRate', 'double', { scale: 6, nillable: false }),
    ...[field('IsActive', 'boolean'), field('IsCorporate', 'boolean')],
  ]);
  schema.set('currencytype', rates);
  for (const name of inCurrencies) {
    const code = alwaysSeen(picklist(currencyField, codes, { restricted: true, label: 'Currency ISO Code' }));
    schema.get(name.toLowerCase())?.fields.set(currencyField.toLowerCase(), code);
  }
}

/**
 * The currency that all rates are against, and that a record has which does not say another; `null` for an org with one currency.
 *
 * @throws {IcpError} `salesforce_currencies` where none has the rate 1
 * @example corporateOf({ USD: 1.1, EUR: 1 }); // => 'EUR'
 * @example corporateOf({}); // => null
 */
export function corporateOf(currencies: Rates): string | null {
  const all = Object.entries(currencies);
  if (all.length === 0) return null;
  const corporate = all.find(([, rate]) => rate === 1)?.[0];
  if (corporate !== undefined) return corporate;
  throw new IcpError(
    'salesforce_currencies',
    `the local Salesforce needs a corporate currency with the rate 1, and was given ${all.map((pair) => pair.join(' ')).join(', ')}; add one`,
  );
}
