import { type FakeOrg, recordId } from './fake-org.ts';
import { smallOrg } from './small-org.ts';

/** The small org where money is money. */
export function moneyOrg(): FakeOrg {
  const org = smallOrg({ accounts: 5 });
  org.define('Account', ['AnnualRevenue'], { type: 'currency' });
  org.define('Opportunity', ['Amount'], { type: 'currency' });
  return org;
}

/** Switches on several currencies: what is there is in EUR. */
export function withCurrencies(org: FakeOrg, rates: Readonly<Record<string, number>>): void {
  org.define('CurrencyType', ['Id', 'IsoCode', 'ConversionRate', 'IsCorporate', 'SystemModstamp']);
  for (const [nth, [IsoCode, ConversionRate]] of Object.entries(rates).entries())
    org.write('CurrencyType', recordId('01L', nth), { IsoCode, ConversionRate, IsCorporate: IsoCode === 'EUR' });
  for (const object of ['Account', 'Contact', 'Lead', 'Opportunity', 'Contract']) {
    org.define(object, ['CurrencyIsoCode'], { type: 'picklist' });
    for (const record of org.records.get(object)?.values() ?? []) record.CurrencyIsoCode = 'EUR';
  }
}
