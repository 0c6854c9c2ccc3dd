import type { Crm, CrmField, CrmRecord } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import {
  type Amounts,
  type Currencies,
  currenciesOf,
  currencyField,
  inCorporate,
} from '../../icp/crm-mapping/one-currency.ts';
import { eachUsable, type PageRead, present, type Reading, type Shown } from './object-reading.ts';
import { describeObject } from './shown-fields.ts';

/** The object with the rates: only orgs with several currencies have it, and no permission set can name it. */
export const ratesObject = 'CurrencyType';
const rateFields = ['IsoCode', 'ConversionRate', 'IsCorporate'];

/** Whether the records of an org are in several currencies, by what its objects show. */
export function hasCurrencies(shown: Shown): boolean {
  return [...shown.values()].some((described) => described?.has(currencyField) === true);
}

/** Whether the rates of an org can be read. */
export async function seesRates(crm: Pick<Crm, 'reader'>): Promise<boolean> {
  const described = await describeObject(crm, ratesObject);
  return described !== null && rateFields.every((field) => described.has(field));
}

/**
 * What the currencies of an org are worth today; `null` for an org with one currency, of which nothing is asked.
 *
 * @param org in words
 * @throws {IcpError} `crm_currency` where records are in several currencies and the rates are not shown
 */
export async function readCurrencies(crm: Pick<Crm, 'reader'>, shown: Shown, org: string): Promise<Currencies | null> {
  if (!hasCurrencies(shown)) return null;
  const rows: CrmRecord[] = [];
  const isSeen = await seesRates(crm);
  if (isSeen)
    for await (const { records } of crm.reader.changed(ratesObject, { fields: rateFields, after: null }))
      rows.push(...records);
  const currencies = currenciesOf(rows);
  if (currencies !== null) return currencies;
  const [got, next] = isSeen
    ? ['none of them is the corporate one', 'look at Manage Currencies in Setup']
    : ['they are not shown to this user', `let it read ${ratesObject} (View Setup and Configuration)`];
  throw new IcpError(
    'crm_currency',
    `sync needs the rates of ${ratesObject}, since records of ${org} are in several currencies, and ${got}; ${next} and try again`,
  );
}

/** A page in one currency. What cannot be turned into it is set aside; `nths` says where in the page the others were. */
export interface Priced extends Pick<PageRead, 'setAside'> {
  records: readonly CrmRecord[];
  nths: readonly number[];
}

/** How the amounts of an object's records are turned into one currency. */
interface Pricing {
  /** What is asked for with each record. */
  ask: readonly string[];
  price(records: readonly CrmRecord[]): Priced;
}

/** How amounts among some fields of an object are read: as they are in an org with one currency. */
export function pricingOf({ shown, money }: Reading, object: string, fields: readonly string[]): Pricing {
  const described = shown.get(object) ?? new Map<string, CrmField>();
  const amountsOf = money === null ? null : amountsIn(shown, object, fields);
  if (money === null || amountsOf === null)
    return { ask: [], price: (records) => ({ records, nths: [...records.keys()], setAside: [] }) };
  const { code } = amountsOf({});
  return {
    ask: present(described, [code]),
    price(records) {
      const { mapped, setAside } = eachUsable(records, (record) => inCorporate(record, amountsOf(record), money));
      const aside = new Set(setAside.map(({ nth }) => nth));
      const nths = [...records.keys()].filter((nth) => !aside.has(nth));
      if (object === 'Opportunity')
        for (const { [code]: currency } of mapped) if (typeof currency === 'string') money.ofDeals.add(currency);
      return { records: mapped, nths, setAside };
    },
  };
}

/** The amounts of a record by the types of its fields, and of a row of a history by that of the field that changed. */
function amountsIn(shown: Shown, object: string, fields: readonly string[]): ((row: CrmRecord) => Amounts) | null {
  const isAmount = (of: string, field: string) => shown.get(of)?.get(field)?.type === 'currency';
  if (object === 'AccountHistory') {
    const code = `Account.${currencyField}`;
    return ({ Field: field }) => {
      const isOf = isAmount('Account', String(field)) || isAmount('Account', `${String(field)}__c`);
      return { code, fields: isOf ? ['OldValue', 'NewValue'] : [] };
    };
  }
  const amounts = { code: currencyField, fields: fields.filter((field) => isAmount(object, field)) };
  return amounts.fields.length === 0 ? null : () => amounts;
}

/** In which currency amounts are, and in which ones the deals were that were read. */
export interface CurrencyRead {
  corporate: string;
  /** ISO codes, in order. */
  deals: readonly string[];
}

/**
 * In which currency the amounts are that a sync has read.
 *
 * @example currencyInWords({ corporate: 'EUR', deals: ['EUR', 'USD'] }); // => 'amounts in EUR, the corporate currency, by the rates of today; deals read in 2 currencies (EUR, USD)'
 */
export function currencyInWords({ corporate, deals }: CurrencyRead): string {
  const said = deals.length === 1 ? 'one currency' : `${deals.length} currencies`;
  const read = deals.length === 0 ? '' : `; deals read in ${said} (${deals.join(', ')})`;
  return `amounts in ${corporate}, the corporate currency, by the rates of today${read}`;
}
