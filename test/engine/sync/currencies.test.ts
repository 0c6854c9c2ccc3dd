import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { unseenBy } from '../../../src/engine/sync/unseen.ts';
import { everythingRead } from '../../../src/engine/sync/what-is-read.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { moneyOrg, withCurrencies } from '../../support/money-org.ts';
import { historiesAt } from '../../support/records.ts';

import { syncTables } from '../../support/sync-tables.ts';

const id = recordId;
const now = () => Date.UTC(2026, 9, 1);

describe('a sync of an org with several currencies', () => {
  let store: Store;
  let org: FakeOrg;
  const sync = (full = false) => syncCrm({ store, crm: org.crm, now }, { book: 'main', full });
  const amounts = async (importId: number | null) => {
    const histories = await historiesAt(store, importId ?? 0);
    return Object.fromEntries(histories.map((one) => [one.id, one.opportunities.map(({ amount }) => amount)]));
  };
  beforeEach(async () => {
    store = await freshStore();
    org = moneyOrg();
  });
  afterEach(() => store.close());

  it('brings amounts in the corporate one, says so, and takes a second reading for what it is', async () => {
    withCurrencies(org, { EUR: 1, USD: 1.1, JPY: 160 });
    org.write('Account', id('001', 1), { AnnualRevenue: 1_000_000, CurrencyIsoCode: 'USD' });
    org.write('Account', id('001', 2), { AnnualRevenue: 1_000_000, CurrencyIsoCode: 'EUR' });
    org.write('Opportunity', id('006', 1), { Amount: 1100, CurrencyIsoCode: 'USD' });
    org.write('Opportunity', id('006', 3), { Amount: 100, CurrencyIsoCode: 'USD' });
    org.write('Opportunity', id('006', 4), { Amount: 1_000_000, CurrencyIsoCode: 'JPY' });
    const { importId, currency, setAside } = await sync();
    assert.deepEqual(setAside, []);
    assert.deepEqual(currency, { corporate: 'EUR', deals: ['EUR', 'JPY', 'USD'] });
    assert.deepEqual(await amounts(importId), {
      ...{ [id('001', 1)]: [1000], [id('001', 2)]: [2000], [id('001', 3)]: [90.91] },
      ...{ [id('001', 4)]: [6250], [id('001', 5)]: [5000] },
    });
    const revenue = (await historiesAt(store, importId ?? 0)).map(({ id: of, observations }) => [
      of,
      observations.find(({ values }) => typeof values.revenue === 'number')?.values.revenue,
    ]);
    assert.deepEqual(revenue.slice(0, 2), [
      [id('001', 1), 909_090.91],
      [id('001', 2), 1_000_000],
    ]);

    const before = await syncTables(store);
    assert.equal((await sync()).importId, null);
    assert.equal((await sync(true)).importId, null);
    // An echo of our own writing: the stamp moves, the values do not.
    for (const number of [1, 3, 4]) org.write('Opportunity', id('006', number), {});
    org.write('Account', id('001', 1), { ICP_Score__c: 50 });
    assert.equal((await sync()).importId, null);
    assert.deepEqual((await syncTables(store)).opportunities, before.opportunities);
  });

  it('turns the past of an amount too, and no other past', async () => {
    withCurrencies(org, { EUR: 1, USD: 1.25 });
    org.write('Account', id('001', 1), { AnnualRevenue: 500, NumberOfEmployees: 50, CurrencyIsoCode: 'USD' });
    const of = { AccountId: id('001', 1), 'Account.CreatedDate': '2024-01-05', 'Account.CurrencyIsoCode': 'USD' };
    const at = { CreatedDate: '2025-06-01T00:00:00.000Z' };
    org.write('AccountHistory', id('017', 1), { ...of, ...at, Field: 'AnnualRevenue', OldValue: 250, NewValue: 500 });
    org.write('AccountHistory', id('017', 2), { ...of, ...at, Field: 'NumberOfEmployees', OldValue: 25, NewValue: 50 });
    const { importId } = await sync();
    const [account] = await historiesAt(store, importId ?? 0, { accountIds: [id('001', 1)] });
    const past = (field: string) =>
      (account?.observations ?? []).flatMap(({ observedAt, values }) =>
        observedAt === null || !Object.hasOwn(values, field) ? [] : [values[field]],
      );
    assert.deepEqual(past('revenue'), [200, 400]);
    assert.deepEqual(past('employees'), [25, 50]);
  });

  it('sets aside an amount that it has no rate for, by its place in the page, and brings the others', async () => {
    withCurrencies(org, { EUR: 1 });
    org.write('Opportunity', id('006', 2), { CurrencyIsoCode: 'CHF' });
    org.write('Opportunity', id('006', 3), { CurrencyIsoCode: null });
    org.write('Opportunity', id('006', 4), { CloseDate: 'soon' });
    org.write('Opportunity', id('006', 5), { CurrencyIsoCode: 'CHF', Amount: null });
    const { importId, objects, setAside } = await sync();
    assert.deepEqual(
      setAside.map(({ file, line, reason }) => [file, line, reason.replace(/^Amount: /, '')]),
      [
        // All three on one page: what the mapping refuses is counted with what never came to it.
        ['Opportunity', 2, 'an amount in CHF needs a rate, and CurrencyType has none'],
        ['Opportunity', 3, 'an amount needs a currency, and CurrencyIsoCode is empty'],
        ['Opportunity', 4, 'CloseDate is no usable date: soon'],
      ],
    );
    assert.equal(objects.find(({ object }) => object === 'Opportunity')?.read, 5);
    assert.deepEqual(await amounts(importId), {
      ...{ [id('001', 1)]: [1000], [id('001', 2)]: [], [id('001', 3)]: [] },
      ...{ [id('001', 4)]: [], [id('001', 5)]: [null] },
    });
  });

  it('stops before anything is written where the rates are hidden, or there is no corporate one', async () => {
    withCurrencies(org, { USD: 1.1 });
    await assert.rejects(sync(), { code: 'crm_currency', message: /none of them is the corporate one; look at/ });
    org.described.delete('CurrencyType');
    await assert.rejects(sync(), {
      code: 'crm_currency',
      message: /rates of CurrencyType.*not shown to this user; let it read/,
    });
    const [row] = await store.rows<{ n: number }>(sql`select count(*)::int as n from imports`);
    assert.equal(row?.n, 0);
    const unseen = await unseenBy(org.crm, null);
    assert.deepEqual(
      unseen.filter(({ object }) => object === 'CurrencyType').map(({ isNeeded }) => isNeeded),
      [true],
    );
  });

  it('reads all of an org anew that has switched them on, and by new rates when it reads all again', async () => {
    // Later than any look-back, so that the others are not read again for it.
    org.now += 3_600_000;
    org.write('Opportunity', id('006', 5), {});
    assert.equal((await sync()).currency, null);
    withCurrencies(org, { EUR: 1, USD: 1.1 });
    const deal = org.records.get('Opportunity')?.get(id('006', 1));
    Object.assign(deal ?? {}, { CurrencyIsoCode: 'USD', Amount: 1100 });
    const { objects, importId } = await sync();
    assert.equal(objects.find(({ object }) => object === 'Opportunity')?.read, 5, 'though no stamp has moved');
    assert.equal(objects.find(({ object }) => object === 'Opportunity')?.new, 0, '1,100 USD are what 1,000 were');
    assert.equal(importId, null);
    org.write('CurrencyType', id('01L', 1), { ConversionRate: 2 });
    assert.equal((await sync()).importId, null);
    assert.deepEqual((await amounts((await sync(true)).importId))[id('001', 1)], [550]);
  });

  it('asks an org with one currency for nothing more', async () => {
    const asked: string[] = [];
    const { reader } = org;
    const watched = {
      ...reader,
      describe: (object: string) => {
        asked.push(object);
        return reader.describe(object);
      },
      changed: (object: string, options: Parameters<typeof reader.changed>[1]) => {
        asked.push(object, ...options.fields);
        return reader.changed(object, options);
      },
    };
    const { currency } = await syncCrm({ store, crm: { ...org.crm, reader: watched }, now }, { book: 'main' });
    assert.equal(currency, null);
    assert.ok(asked.includes('Amount'));
    assert.deepEqual(
      asked.filter((name) => /currency/i.test(name)),
      [],
    );
    assert.deepEqual(
      (await unseenBy(org.crm, null)).filter(({ object, field }) => /currency/i.test(`${object} ${field}`)),
      [],
    );
    assert.doesNotMatch(JSON.stringify(everythingRead()), /currency/i);
  });
});
