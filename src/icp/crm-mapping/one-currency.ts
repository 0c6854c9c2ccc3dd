import { type CrmRow, isSet, numberOf, textOf, UnusableRow } from './crm-values.ts';

/** What the currencies of an org are worth. */
export interface Currencies {
  /** The ISO code of the currency that all rates are against. */
  corporate: string;
  /** By ISO code: so much of that currency is worth 1 of the corporate one. */
  rates: ReadonlyMap<string, number>;
}

/** Which values of a row are amounts, and where it says their currency. */
export interface Amounts {
  code: string;
  fields: readonly string[];
}

/** The currency of a record: only orgs with several currencies have it. */
export const currencyField = 'CurrencyIsoCode';

/**
 * The currencies of an org by the rows of its CurrencyType; `null` where none of them is the corporate one. An inactive currency
 * keeps its rate, since old records stay in it.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_currencytype.htm
 */
export function currenciesOf(rows: readonly CrmRow[]): Currencies | null {
  let corporate: string | null = null;
  const rates = new Map<string, number>();
  for (const row of rows) {
    const { IsoCode: code, ConversionRate: rate } = row;
    if (typeof code !== 'string') continue;
    if (isSet(row, 'IsCorporate')) corporate = code;
    if (typeof rate === 'number' && Number.isFinite(rate) && rate > 0) rates.set(code, rate);
  }
  return corporate === null ? null : { corporate, rates: rates.set(corporate, 1) };
}

/**
 * A row with its amounts in the corporate currency, in whole cents so that the same record reads the same every time. What is in
 * the corporate currency already is left as it is.
 *
 * @throws {UnusableRow} for an amount without a currency, in one without a rate, or that is no number
 * @example inCorporate({ Amount: 50, CurrencyIsoCode: 'USD' }, { code: 'CurrencyIsoCode', fields: ['Amount'] }, { corporate: 'EUR', rates: new Map([['USD', 1.25]]) }).Amount; // => 40
 */
export function inCorporate(row: CrmRow, { code, fields }: Amounts, { corporate, rates }: Currencies): CrmRow {
  const said = fields.filter((field) => row[field] !== undefined && row[field] !== null && row[field] !== '');
  const currency = textOf(row, code);
  if (said.length === 0 || currency === corporate) return row;
  if (currency === null) throw new UnusableRow(`${said.join(', ')}: an amount needs a currency, and ${code} is empty`);
  const rate = rates.get(currency);
  if (rate === undefined)
    throw new UnusableRow(`${said.join(', ')}: an amount in ${currency} needs a rate, and CurrencyType has none`);
  const turned: Record<string, number> = {};
  for (const field of said) turned[field] = Math.round(((numberOf(row, field) ?? 0) / rate) * 100) / 100;
  return { ...row, ...turned };
}
