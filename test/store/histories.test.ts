import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import type { BundleRecord, RecordOf } from '../../src/icp/records.ts';
import { latestImport } from '../../src/store/books.ts';
import { readHistories } from '../../src/store/histories.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { historiesAt, importRecords, sourceOf } from '../support/records.ts';

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await freshStore();
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

const account = (id: string, values = {}, parts: Partial<RecordOf<'account'>> = {}): RecordOf<'account'> => ({
  ...{ kind: 'account', id, name: `Name ${id}`, domain: null, ownerEmail: null, observedAt: null, source: 'import' },
  values,
  ...parts,
});
const deal = (id: string, accountId: string | null, parts: Partial<RecordOf<'opportunity'>> = {}) =>
  ({
    ...{ kind: 'opportunity', id, accountId, createdAt: 1_000, closedAt: null, outcome: 'open', amount: 10.5 },
    ...{ type: 'new', closeDate: null, budgetConfirmed: null, nextStep: null, lossReason: null, source: null },
    ...{ stakeholders: null, more: {} },
    ...parts,
  }) satisfies BundleRecord;
const lead = (id: string, accountId: string | null, parts: Partial<RecordOf<'lead'>> = {}) =>
  ({
    ...{ kind: 'lead', id, accountId, createdAt: 500, source: 'web', status: 'open', decidedAt: null },
    ...{ rejectReason: null, ownerEmail: null, more: {} },
    ...parts,
  }) satisfies BundleRecord;

describe('readHistories', () => {
  it('gives back everything that was imported, to the millisecond', () =>
    withStore(async (store) => {
      const instant = Date.parse('1999-12-31T23:59:59.999Z');
      const importId = await importRecords(store, [
        account(
          '1',
          { employees: 12, list: ['a', 'b'], yes: true, blank: null },
          { domain: 'one.example', ownerEmail: 'o@x' },
        ),
        deal('d', '1', {
          createdAt: instant,
          closedAt: instant + 1,
          outcome: 'won',
          budgetConfirmed: true,
          more: { product: 'Core' },
        }),
        lead('l', '1', { status: 'rejected', decidedAt: instant, rejectReason: 'no budget' }),
        { kind: 'contact', id: 'c', accountId: '1', email: 'e@x', title: 'VP', seniority: 'vp', more: {} },
        {
          kind: 'customer',
          accountId: '1',
          startedAt: instant,
          endedAt: null,
          churnReason: null,
          arr: 9,
          renewalOn: null,
          csOwnerEmail: null,
          more: {},
        },
        { kind: 'outcome', accountId: '1', outcome: 'expanded', occurredAt: instant, source: 'crm', reason: 'seats' },
        { kind: 'signal', accountId: '1', signal: 'visit', observedAt: instant, value: 3, source: 'web', text: null },
        { kind: 'usage', accountId: '1', periodStart: instant, metric: 'sessions', value: 0.5 },
        { kind: 'observation', accountId: '1', values: { employees: 11 }, observedAt: instant, source: 'registry' },
      ]);
      const [history] = await historiesAt(store, importId, { accountIds: ['1'] });
      assert.deepEqual(history, {
        ...{ book: 'main', id: '1', name: 'Name 1', domain: 'one.example', ownerEmail: 'o@x' },
        observations: [
          { values: { employees: 12, list: ['a', 'b'], yes: true, blank: null }, observedAt: null, source: 'import' },
          { values: { employees: 11 }, observedAt: instant, source: 'registry' },
        ],
        outcomes: [{ kind: 'expanded', occurredAt: instant, source: 'crm', reason: 'seats' }],
        leads: [
          {
            ...{ id: 'l', createdAt: 500, source: 'web', status: 'rejected', decidedAt: instant },
            ...{ rejectReason: 'no budget', ownerEmail: null, decidedVia: null },
          },
        ],
        opportunities: [
          {
            ...{ id: 'd', createdAt: instant, closedAt: instant + 1, outcome: 'won', amount: 10.5, type: 'new' },
            ...{ closeDate: null, budgetConfirmed: true, nextStep: null, lossReason: null, source: null },
            ...{ stakeholders: null, more: { product: 'Core' } },
          },
        ],
        customers: [
          { startedAt: instant, endedAt: null, churnReason: null, arr: 9, renewalOn: null, csOwnerEmail: null },
        ],
        signals: [{ kind: 'visit', observedAt: instant, value: 3, source: 'web', text: null }],
        usage: [{ periodStart: instant, metric: 'sessions', value: 0.5 }],
        contacts: [{ id: 'c', email: 'e@x', title: 'VP', seniority: 'vp' }],
      });
      const [plain] = await historiesAt(store, importId);
      assert.deepEqual(
        plain,
        { ...history, contacts: [] },
        'a score needs no contacts, so the whole book is read without',
      );
    }));

  it('shows a deal as each import left it', () =>
    withStore(async (store) => {
      const first = await importRecords(store, [account('1'), deal('d', '1')]);
      const second = await importRecords(store, [
        account('1'),
        deal('d', '1', { outcome: 'lost', closedAt: 9_000, lossReason: 'price' }),
      ]);
      const third = await importRecords(store, [
        account('1', {}, { name: 'Renamed' }),
        deal('d', '1', { outcome: 'won', closedAt: 9_000 }),
      ]);
      const at = async (importId: number) => {
        const [history] = await historiesAt(store, importId);
        return [history?.name, history?.opportunities.map(({ outcome, lossReason }) => [outcome, lossReason])];
      };
      assert.deepEqual(await at(first), ['Name 1', [['open', null]]]);
      assert.deepEqual(await at(second), ['Name 1', [['lost', 'price']]]);
      assert.deepEqual(await at(third), ['Renamed', [['won', null]]]);
    }));

  it('shows a lead that moved under one account only, at each import, whichever way it is read', () =>
    withStore(async (store) => {
      const first = await importRecords(store, [account('1'), account('2'), lead('l', '1')]);
      const second = await importRecords(store, [account('1'), account('2'), lead('l', '2')]);
      const third = await importRecords(store, [account('1'), account('2'), lead('l', null)]);
      for (const [importId, holders] of [
        [first, ['1']],
        [second, ['2']],
        [third, []],
      ] as const) {
        const all = await historiesAt(store, importId);
        assert.deepEqual(
          all.filter(({ leads }) => leads.length > 0).map(({ id }) => id),
          holders,
        );
        for (const id of ['1', '2']) {
          const [one] = await historiesAt(store, importId, { accountIds: [id] });
          assert.equal(
            one?.leads.length,
            holders.some((holder) => holder === id) ? 1 : 0,
            `${id} at import ${importId}`,
          );
        }
      }
    }));

  it('follows an attribute without a date from A to B and back to A', () =>
    withStore(async (store) => {
      const imports = [];
      for (const plan of ['A', 'B', 'A']) imports.push(await importRecords(store, [account('1', { plan })]));
      assert.equal(new Set(imports).size, 3);
      const seen = [];
      for (const importId of imports) {
        const [history] = await historiesAt(store, importId);
        seen.push(history?.observations.map(({ values }) => values.plan));
      }
      assert.deepEqual(seen, [['A'], ['B'], ['A']]);
    }));

  it('does not show what an import that died has brought, until it is taken up and finished', () =>
    withStore(async (store) => {
      const before = [account('1'), deal('d', '1')];
      const first = await importRecords(store, before);
      const changed = [account('1', {}, { name: 'Changed' }), deal('d', '1', { outcome: 'won' }), account('2')];
      // Enough rows that a chunk of them is written before the end.
      const many = [...changed, ...Array.from({ length: 2_500 }, (_, nth) => account(`x${nth}`))];
      const hash = { contentHash: 'changed' };
      await assert.rejects(ingest({ store }, sourceOf(many, { ...hash, dies: true })), /died/);
      const known = await latestImport(store, 'main');
      assert.equal(known, first);
      assert.deepEqual(
        (await historiesAt(store, first)).map(({ id, name, opportunities }) => [id, name, opportunities[0]?.outcome]),
        [['1', 'Name 1', 'open']],
      );
      const resumed = await importRecords(store, many, hash);
      assert.equal((await historiesAt(store, resumed)).length, 2_502);
      assert.equal((await historiesAt(store, first)).length, 1, 'and the first import still shows what it did');
    }));

  it('pages through thousands of accounts, each once, in one order, with its own rows', () =>
    withStore(async (store) => {
      // Ids of many lengths and cases, so that two ways of sorting would disagree.
      const ids = Array.from(
        { length: 4_321 },
        (_, nth) => `${nth % 3 === 0 ? 'A' : 'b'}${(nth * 7_919) % 4_321}-${nth % 2}`,
      );
      assert.equal(new Set(ids).size, ids.length);
      const importId = await importRecords(
        store,
        ids.flatMap((id, nth) => [account(id, { nth }), deal(`d-${id}`, id)]),
      );
      const chunks = [];
      for await (const chunk of readHistories(store, 'main', { importId })) chunks.push(chunk);
      assert.deepEqual(
        chunks.map(({ length }) => length),
        [...Array.from({ length: 8 }, () => 500), 321],
      );
      const read = chunks.flat();
      assert.deepEqual(
        read.map(({ id }) => id),
        [...ids].sort(),
        'in the order of the letters, on every database',
      );
      for (const { id, observations, opportunities } of read) {
        assert.deepEqual([observations.length, opportunities.map((each) => each.id)], [1, [`d-${id}`]]);
      }
    }));

  it('reads the accounts that were asked for, and none for ids that are not there', () =>
    withStore(async (store) => {
      const importId = await importRecords(store, [account('1'), account('2'), account('3')]);
      const idsOf = async (accountIds: string[]) =>
        (await historiesAt(store, importId, { accountIds })).map(({ id }) => id);
      assert.deepEqual(await idsOf(['3', '1']), ['1', '3']);
      assert.deepEqual(await idsOf(['nobody', "' or true --"]), []);
      assert.deepEqual(await idsOf([]), []);
    }));

  it('keeps books apart', () =>
    withStore(async (store) => {
      const ours = await importRecords(store, [account('1')]);
      const theirs = await importRecords(store, [account('1', {}, { name: 'Theirs' }), deal('d', '1')], {
        book: 'other',
      });
      assert.deepEqual(
        (await historiesAt(store, theirs, { book: 'main' })).map(({ name, opportunities }) => [
          name,
          opportunities.length,
        ]),
        [['Name 1', 0]],
      );
      assert.deepEqual(await historiesAt(store, ours, { book: 'other' }), []);
    }));
});
