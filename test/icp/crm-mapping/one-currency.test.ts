import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { UnusableRow } from '../../../src/icp/crm-mapping/crm-values.ts';
import { currenciesOf, inCorporate } from '../../../src/icp/crm-mapping/one-currency.ts';

const rows = [
  { IsoCode: 'EUR', ConversionRate: 1, IsCorporate: true },
  { IsoCode: 'USD', ConversionRate: 1.1, IsCorporate: false },
  { IsoCode: 'JPY', ConversionRate: 160, IsCorporate: false },
  { IsoCode: 'XAF', ConversionRate: 0, IsCorporate: false },
];
const currencies = currenciesOf(rows) ?? assert.fail('there is a corporate currency');
const amounts = { code: 'CurrencyIsoCode', fields: ['Amount', 'Fee__c'] };
const turned = (row: Parameters<typeof inCorporate>[0]) => inCorporate(row, amounts, currencies);

describe('amounts in one currency', () => {
  it('are the value through the rate, in whole cents', () => {
    assert.equal(turned({ Amount: 110, CurrencyIsoCode: 'USD' }).Amount, 100);
    assert.equal(turned({ Amount: 1_000_000, CurrencyIsoCode: 'JPY' }).Amount, 6250);
    // 100 / 1.1 = 90.909...
    assert.equal(turned({ Amount: 100, CurrencyIsoCode: 'USD' }).Amount, 90.91);
    assert.equal(turned({ Amount: -110, CurrencyIsoCode: 'USD' }).Amount, -100);
    assert.deepEqual(turned({ Amount: 0, Fee__c: 5.5, NumberOfEmployees: 11, CurrencyIsoCode: 'USD' }), {
      ...{ Amount: 0, Fee__c: 5, NumberOfEmployees: 11, CurrencyIsoCode: 'USD' },
    });
  });

  it('are read out of the texts of a history and of the checkboxes of either API', () => {
    const history = { code: 'Account.CurrencyIsoCode', fields: ['OldValue', 'NewValue'] };
    const row = { OldValue: null, NewValue: '320', 'Account.CurrencyIsoCode': 'JPY' };
    assert.deepEqual(inCorporate(row, history, currencies), { ...row, NewValue: 2 });
    assert.equal(currenciesOf([{ IsoCode: 'GBP', ConversionRate: 1, IsCorporate: 'true' }])?.corporate, 'GBP');
  });

  it('are refused with the reason where nobody can tell what they are worth', () => {
    assert.throws(() => turned({ Amount: 1, CurrencyIsoCode: 'CHF' }), /Amount: an amount in CHF needs a rate/);
    assert.throws(() => turned({ Amount: 1, CurrencyIsoCode: 'XAF' }), UnusableRow, 'a rate of nothing is none');
    assert.throws(() => turned({ Fee__c: 1, CurrencyIsoCode: null }), /Fee__c: an amount needs a currency/);
    assert.throws(() => turned({ Amount: 'much', CurrencyIsoCode: 'USD' }), UnusableRow);
    assert.equal(currenciesOf(rows.slice(1)), null, 'without a corporate currency no rate means anything');
  });

  it('need no currency where there are none', () => {
    const blank = { Amount: null, Fee__c: '', CurrencyIsoCode: 'CHF' };
    assert.deepEqual(turned(blank), blank);
    assert.deepEqual(turned({ Name: 'Acme' }), { Name: 'Acme' });
  });

  it('change nothing of a record that is in the corporate currency', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.option(fc.string()), (Amount, Name) => {
        const row = { Amount, Name, CurrencyIsoCode: 'EUR' };
        assert.deepEqual(turned(row), row);
      }),
    );
  });

  it('are worth what they were, to the half cent, by any rate', () => {
    const amount = fc.integer({ min: -1e12, max: 1e12 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(amount, fc.double({ min: 0.01, max: 20_000, noNaN: true }), (Amount, ConversionRate) => {
        const two = currenciesOf([...rows.slice(0, 1), { IsoCode: 'ZZZ', ConversionRate, IsCorporate: false }]);
        assert.ok(two !== null);
        const { Amount: said } = inCorporate({ Amount, CurrencyIsoCode: 'ZZZ' }, amounts, two);
        const exact = Amount / ConversionRate;
        assert.ok(Math.abs(Number(said) - exact) <= 0.005 + Math.abs(exact) * 1e-12);
      }),
    );
  });
});
