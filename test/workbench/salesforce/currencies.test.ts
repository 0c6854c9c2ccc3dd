import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { type Client, startClient } from './client.ts';

const currencies = { USD: 1.1, EUR: 1 };
const inCurrencies = ['Account', 'Lead', 'Contact', 'Opportunity', 'Contract', 'Asset'];

async function shows(call: Client['call'], object: string): Promise<boolean> {
  const { json } = await call('GET', `sobjects/${object}/describe`);
  return json.fields.some(({ name }: { name: string }) => name === 'CurrencyIsoCode');
}

describe('an org with several currencies', () => {
  it('has their rates, and a currency on each record, the corporate one where nobody says', async (t) => {
    const { call, query } = await startClient(t, { org: { currencies } });
    for (const object of inCurrencies) assert.ok(await shows(call, object), object);
    assert.ok(!(await shows(call, 'User')));
    const rates = await query(
      'SELECT IsoCode, ConversionRate, IsCorporate, IsActive FROM CurrencyType ORDER BY IsoCode',
    );
    assert.deepEqual(
      rates.map(({ IsoCode, ConversionRate, IsCorporate, IsActive }) => [
        IsoCode,
        ConversionRate,
        IsCorporate,
        IsActive,
      ]),
      [
        ['EUR', 1, true, true],
        ['USD', 1.1, false, true],
      ],
    );
    await call('POST', 'sobjects/Account', { Name: 'Usual' });
    await call('POST', 'sobjects/Account', { Name: 'Dollars', CurrencyIsoCode: 'USD' });
    const { json } = await call('POST', 'sobjects/Account', { Name: 'Pesos', CurrencyIsoCode: 'MXN' });
    assert.equal(json[0].errorCode, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    const accounts = await query('SELECT CurrencyIsoCode FROM Account ORDER BY Name DESC');
    assert.deepEqual(
      accounts.map(({ CurrencyIsoCode }) => CurrencyIsoCode),
      ['EUR', 'USD'],
    );
  });

  it('is one with one currency without the option, and knows neither word', async (t) => {
    const { call } = await startClient(t);
    for (const object of inCurrencies) assert.ok(!(await shows(call, object)), object);
    assert.equal((await call('GET', 'sobjects/CurrencyType/describe')).status, 404);
    const { status, text } = await call('GET', `query?q=${encodeURIComponent('SELECT CurrencyIsoCode FROM Account')}`);
    assert.equal(status, 400);
    assert.match(text, /INVALID_FIELD/);
  });

  it('has what was there before in the corporate currency when it switches them on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'currencies-'));
    const file = join(folder, 'org.sqlite');
    try {
      const before = await startLocalSalesforce({ file });
      before.org.insert('Account', [{ Name: 'Acme' }]);
      await before.close();
      for (let start = 0; start < 2; start++) {
        const { org, close } = await startLocalSalesforce({ file, org: { currencies } });
        assert.deepEqual(
          org.rows('Account').map(({ CurrencyIsoCode }) => CurrencyIsoCode),
          ['EUR'],
        );
        assert.equal(org.count('CurrencyType'), 2);
        await close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('needs a corporate currency', async () => {
    await assert.rejects(startLocalSalesforce({ org: { currencies: { USD: 1.1 } } }), {
      code: 'salesforce_currencies',
      message: /needs a corporate currency with the rate 1, and was given USD 1.1/,
    });
  });
});
