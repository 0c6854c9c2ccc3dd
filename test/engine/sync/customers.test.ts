import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { factsOf } from '../../../src/icp/account-facts.ts';
import type { AccountHistory } from '../../../src/icp/history.ts';
import { customerLives } from '../../../src/icp/life/customer-lives.ts';
import type { RecordOf } from '../../../src/icp/records.ts';
import type { Store } from '../../../src/store/store.ts';
import { writeRecords } from '../../../src/store/write-records.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt, importRecords } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';

const asOf = Date.UTC(2026, 9, 1);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const account = recordId('001', 2);
/** The deal of that account is won on this day. */
const won = day('2024-06-30');

const fromFile = (row: Partial<RecordOf<'customer'>> = {}): RecordOf<'customer'> => ({
  ...{ kind: 'customer', accountId: account, startedAt: day('2024-04-01'), endedAt: null, churnReason: null },
  ...{ arr: 12_000, renewalOn: day('2027-04-01'), csOwnerEmail: 'cs@ours.example', more: {}, ...row },
});

describe('customers that another source brought', () => {
  let store: Store;
  let org: FakeOrg;
  const sync = (full = false) => syncCrm({ store, crm: org.crm, now: () => asOf }, { book: 'main', full });
  const read = async (): Promise<AccountHistory> => {
    const [history] = await historiesAt(store, 99, { accountIds: [account] });
    assert.ok(history);
    return history;
  };
  const spans = ({ customers }: AccountHistory) =>
    customers.map(({ startedAt, endedAt, arr }) => [startedAt, endedAt, arr]);
  const facts = async () => factsOf(await read(), { asOf, timeKind: 'dates' });
  const loseRenewal = (on: string, id = recordId('006', 50)) =>
    org.write('Opportunity', id, {
      ...{ AccountId: account, Name: 'Again', Type: 'Renewal', IsClosed: true, IsWon: false, StageName: 'Closed Lost' },
      ...{ CloseDate: on, CreatedDate: '2025-01-01T00:00:00Z', Loss_Reason__c: 'Budget' },
    });
  beforeEach(async () => {
    store = await freshStore();
    org = smallOrg();
  });
  afterEach(() => store.close());

  it('stay as they are where the CRM dates the start otherwise, and are not said twice', async () => {
    await importRecords(store, [fromFile()]);
    await sync();
    const { customers } = await read();
    assert.equal(customers.length, 1);
    const { kind: _, accountId: __, more: ___, ...brought } = fromFile();
    assert.deepEqual(customers[0], brought);
    assert.equal((await facts())?.isCustomer, true);
    await sync(true);
    assert.deepEqual((await read()).customers[0], brought);
  });

  it('stay as they are where the CRM has the same first day, and no deal to stand on', async () => {
    await importRecords(store, [fromFile({ startedAt: won })]);
    await sync();
    assert.deepEqual(spans(await read()), [[won, null, 12_000]]);
    org.delete('Opportunity', recordId('006', 2));
    await sync();
    assert.deepEqual(spans(await read()), [[won, null, 12_000]]);
  });

  it('stand in the place of what the CRM said before they came', async () => {
    await sync();
    assert.deepEqual(spans(await read()), [[won, null, 2000]]);
    await importRecords(store, [fromFile()]);
    await sync();
    assert.deepEqual(spans(await read()), [[day('2024-04-01'), null, 12_000]]);
    assert.equal((await sync()).importId, null);
  });

  for (const startedAt of [day('2024-04-01'), won, day('2024-08-01')])
    it(`are known to have left when only the CRM knows it, once and at one price (start ${new Date(startedAt).toISOString()})`, async () => {
      await importRecords(store, [fromFile({ startedAt })]);
      await sync();
      loseRenewal('2025-09-30');
      const { outcomes } = await sync();
      assert.deepEqual(
        outcomes.filter(({ kind }) => kind === 'churn'),
        [{ kind: 'churn', accountId: account }],
      );
      const history = await read();
      assert.deepEqual(
        history.customers.filter(({ arr }) => arr !== null).map((row) => [row.startedAt, row.endedAt, row.arr]),
        [[startedAt, null, 12_000]],
      );
      const known = await facts();
      assert.ok(known);
      assert.equal(known.isCustomer, false);
      assert.deepEqual(
        known.churns.map(({ at, reason }) => [at, reason]),
        [[day('2025-09-30'), 'Budget']],
      );
      assert.deepEqual(
        customerLives([known]).map((life) => [life.startedAt, life.endedAt, life.arr, life.reason]),
        [[startedAt, day('2025-09-30'), 12_000, 'Budget']],
      );
      org.delete('Opportunity', recordId('006', 50));
      await sync();
      assert.deepEqual(spans(await read()), [[startedAt, null, 12_000]], 'the end is taken back with the deal');
      assert.equal((await facts())?.isCustomer, true);
    });

  it('end where they say so, and what was won behind that is another turn', async () => {
    await importRecords(store, [fromFile({ endedAt: day('2025-01-31'), churnReason: 'Price', renewalOn: null })]);
    org.write('Opportunity', recordId('006', 51), {
      ...{
        AccountId: account,
        Name: 'Back',
        Type: 'New Business',
        IsClosed: true,
        IsWon: true,
        StageName: 'Closed Won',
      },
      ...{ CloseDate: '2026-02-01', CreatedDate: '2025-12-01T00:00:00Z', Amount: 700 },
    });
    await sync();
    assert.deepEqual(spans(await read()), [
      [day('2024-04-01'), day('2025-01-31'), 12_000],
      [day('2026-02-01'), null, 700],
    ]);
  });

  it('come back where an earlier version of this program had ended them', async () => {
    await importRecords(store, [fromFile()]);
    await sync();
    const ended = fromFile({ endedAt: day('2024-04-01'), arr: null, renewalOn: null });
    await writeRecords(store, { book: 'main', importId: 2, isFirst: false, lastCounts: true }, [ended]);
    assert.deepEqual(spans(await read()), [[day('2024-04-01'), day('2024-04-01'), null]]);
    await sync(true);
    assert.deepEqual(spans(await read()), [[day('2024-04-01'), null, 12_000]]);
  });
});

describe('a first day that is put right in the CRM', () => {
  it('leaves a customer, and none that left on the day it came', async () => {
    const store = await freshStore();
    const org = smallOrg();
    const sync = () => syncCrm({ store, crm: org.crm, now: () => asOf }, { book: 'main' });
    await sync();
    org.write('Opportunity', recordId('006', 2), { CloseDate: '2024-06-01' });
    await sync();
    const [history] = await historiesAt(store, 99, { accountIds: [account] });
    assert.deepEqual(
      history?.customers.map(({ startedAt, endedAt }) => [startedAt, endedAt]),
      [[day('2024-06-01'), null]],
    );
    const facts = history && factsOf(history, { asOf, timeKind: 'dates' });
    assert.deepEqual([facts?.isCustomer, facts?.churns], [true, []]);
    await store.close();
  });
});
