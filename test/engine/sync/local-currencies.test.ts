import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { localOrg } from '../../../src/compose/box/local-org.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { sfdxFiles } from '../../../src/connectors/salesforce/sfdx-files.ts';
import { currencyInWords } from '../../../src/engine/sync/read-currencies.ts';
import { reconcileCrm, syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { everythingRead } from '../../../src/engine/sync/what-is-read.ts';
import type { Store } from '../../../src/store/store.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { silent } from '../../connectors/salesforce/raw-salesforce.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';

const lodestar =
  sfdxFiles(everythingRead()).get('force-app/main/default/permissionsets/Lodestar.permissionset-meta.xml') ?? '';

describe('a sync over the protocol of an org with several currencies', () => {
  let local: LocalSalesforce;
  let store: Store;
  let crm: ReturnType<typeof openSalesforce>;
  let clock = Date.UTC(2026, 0, 5, 9);
  const account = recordId('001', 71);
  const dollars = recordId('006', 81);
  const yen = recordId('006', 82);
  const euros = recordId('006', 83);
  const open = (more: { bulkAbove?: number } = {}) => {
    const { clientId, clientSecret } = local.options;
    const auth = { kind: 'client credentials', clientId, clientSecret } as const;
    return openSalesforce({ loginUrl: local.url, auth }, { log: silent, now: () => clock, ...more });
  };
  const ports = () => ({ store, crm, now: () => clock });
  const amounts = async (importId: number | null) => {
    const [acme] = await historiesAt(store, importId ?? 0);
    return Object.fromEntries((acme?.opportunities ?? []).map(({ id, amount }) => [id, amount]));
  };

  before(async () => {
    local = await startLocalSalesforce({
      clock: () => clock,
      org: {
        ...{ currencies: { EUR: 1, USD: 1.1, JPY: 160 }, customFields: localOrg.customFields },
        ...{ permissionSets: [lodestar], historyTracked: { Account: ['AnnualRevenue'] } },
      },
    });
    crm = open();
    store = await freshStore();
    const { org } = local;
    org.insert('Account', [{ Id: account, Name: 'Acme', AnnualRevenue: 1000, CurrencyIsoCode: 'USD' }]);
    const deal = { AccountId: account, Name: 'Deal', StageName: 'Closed Won', CloseDate: '2026-01-02' };
    org.insert('Opportunity', [
      { ...deal, Id: dollars, Amount: 110, CurrencyIsoCode: 'USD' },
      { ...deal, Id: yen, Amount: 1_000_000, CurrencyIsoCode: 'JPY' },
      { ...deal, Id: euros, Amount: 7.77 },
    ]);
    clock += 86_400_000;
    org.update('Account', account, { AnnualRevenue: 2200 });
  });
  after(async () => {
    crm.close();
    await local.close();
    await store.close();
  });

  it('brings every amount in the corporate currency, past ones too, through the shipped permission set', async () => {
    const { importId, currency, setAside } = await syncCrm(ports(), { book: 'main' });
    assert.deepEqual(setAside, []);
    assert.ok(currency !== null);
    assert.equal(
      currencyInWords(currency),
      'amounts in EUR, the corporate currency, by the rates of today; deals read in 3 currencies (EUR, JPY, USD)',
    );
    assert.deepEqual(await amounts(importId), { [dollars]: 100, [yen]: 6250, [euros]: 7.77 });
    const [acme] = await historiesAt(store, importId ?? 0);
    const revenue = (acme?.observations ?? []).flatMap(({ values }) => values.revenue ?? []);
    assert.deepEqual([...new Set(revenue)].sort(), [2000, 909.09]);
    assert.equal((await reconcileCrm(ports(), { book: 'main' })).importId, null);
  });

  it('reads the same by query jobs, whose cells are text', async (t) => {
    local.org.insert('Opportunity', [
      { AccountId: account, Name: 'No amount', StageName: 'Prospecting', CloseDate: '2026-01-02' },
    ]);
    await syncCrm(ports(), { book: 'main' });
    // More than the three rates, fewer than the four deals.
    const byJobs = open({ bulkAbove: 3 });
    t.after(() => byJobs.close());
    assert.equal((await reconcileCrm({ ...ports(), crm: byJobs }, { book: 'main' })).importId, null);
    assert.ok(local.calls().some(({ path }) => path.includes('/jobs/query')));
  });

  it('brings all by the new rates when all is read again', async () => {
    const [rate] = local.org.rows('CurrencyType', { where: "IsoCode = 'USD'" });
    local.org.update('CurrencyType', String(rate?.Id), { ConversionRate: 2 });
    const { importId } = await reconcileCrm(ports(), { book: 'main' });
    const { [dollars]: inDollars, [yen]: inYen, [euros]: inEuros } = await amounts(importId);
    assert.deepEqual([inDollars, inYen, inEuros], [55, 6250, 7.77]);
  });
});
