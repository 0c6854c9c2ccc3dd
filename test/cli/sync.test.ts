import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openFolder, ownFolder, runHere } from '../support/command-line.ts';
import { recordId } from '../support/fake-org.ts';
import { moneyOrg, withCurrencies } from '../support/money-org.ts';

describe('a sync from the command line', () => {
  it('says in which currency amounts are where there are several, and nothing of it where there is one', async (t) => {
    const org = moneyOrg();
    const lodestar = await openFolder(ownFolder(t));
    t.after(() => lodestar.close());
    const sync = () => runHere({ ...lodestar, crm: async () => org.crm }, 'sync', '--full');
    assert.doesNotMatch(await sync(), /currenc/i);
    withCurrencies(org, { EUR: 1, USD: 1.1 });
    org.write('Opportunity', recordId('006', 1), { CurrencyIsoCode: 'USD' });
    const words =
      /^Amounts in EUR, the corporate currency, by the rates of today; deals read in 2 currencies \(EUR, USD\)\.$/m;
    assert.match(await sync(), words);
    assert.match(await sync(), words, 'also where nothing was new');
  });
});
