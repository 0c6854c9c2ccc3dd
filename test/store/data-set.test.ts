import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { AccountHistory } from '../../src/icp/history.ts';
import type { BundleRecord } from '../../src/icp/records.ts';
import { accountHashes } from '../../src/store/account-hashes.ts';
import { createDataSetHasher } from '../../src/store/data-set.ts';
import { dataSetAt } from '../../src/store/data-set-at.ts';
import { bytesOfFolded, foldedFromBytes, foldHistories } from '../../src/store/fold-histories.ts';
import { readPackedHistories } from '../../src/store/histories.ts';
import { foldedOf } from '../../src/store/packed-histories.ts';
import type { Store } from '../../src/store/store.ts';
import { aHistory } from '../support/a-model.ts';
import { freshStore } from '../support/fresh-store.ts';
import { importRecords } from '../support/records.ts';

const at = fc.integer({ min: 0, max: 1e12 });
const word = fc.string({ unit: 'grapheme', maxLength: 6 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 3 });
const amount = fc.double({ noNaN: true, noDefaultInfinity: true });
const record = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record<Shape>(shape, { noNullPrototype: true });
const values = fc.dictionary(word, fc.oneof(word, amount, fc.boolean(), fc.constant(null), fc.array(word)), {
  noNullPrototype: true,
});

/** An account with every kind of record in it. */
const history: fc.Arbitrary<Partial<AccountHistory>> = record({
  domain: maybe(word),
  observations: fc.array(record({ values, observedAt: maybe(at), source: word }), { minLength: 1, maxLength: 3 }),
  outcomes: fc.array(
    record({
      kind: fc.constantFrom('won' as const, 'lost' as const),
      occurredAt: at,
      source: word,
      reason: maybe(word),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  leads: fc.array(
    record({
      ...{ id: word, createdAt: maybe(at), source: maybe(word), status: fc.constantFrom('open' as const, 'accepted') },
      ...{ decidedAt: maybe(at), rejectReason: maybe(word), ownerEmail: maybe(word), decidedVia: maybe(word) },
    }),
    { minLength: 1, maxLength: 3 },
  ),
  opportunities: fc.array(
    record({
      ...{ id: word, createdAt: maybe(at), closedAt: maybe(at), outcome: fc.constantFrom('open' as const, 'won') },
      ...{ amount: maybe(amount), type: fc.constantFrom('new' as const, 'renewal'), closeDate: maybe(at) },
      ...{ budgetConfirmed: maybe(fc.boolean()), nextStep: maybe(word), lossReason: maybe(word) },
      ...{ source: maybe(word), stakeholders: maybe(fc.nat()), more: values },
    }),
    { minLength: 1, maxLength: 3 },
  ),
  customers: fc.array(
    record({
      ...{ startedAt: at, endedAt: maybe(at), churnReason: maybe(word), arr: maybe(amount), renewalOn: maybe(at) },
      csOwnerEmail: maybe(word),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  signals: fc.array(record({ kind: word, observedAt: at, value: maybe(amount), source: word, text: maybe(word) }), {
    minLength: 1,
    maxLength: 5,
  }),
  usage: fc.array(record({ periodStart: at, metric: word, value: amount }), { minLength: 1, maxLength: 3 }),
  events: fc.array(record({ kind: word, on: at, note: maybe(word), source: word }), { minLength: 1, maxLength: 2 }),
});

const book = fc
  .array(history, { minLength: 1, maxLength: 7 })
  .map((all) => all.map((own, nth) => aHistory(`account ${nth}`, own)));

function hashOf(histories: readonly AccountHistory[], size = histories.length, kept = false) {
  const hasher = createDataSetHasher();
  for (let from = 0; from < histories.length; from += size) {
    const folded = foldHistories(histories.slice(from, from + size));
    hasher.add(kept ? foldedFromBytes(bytesOfFolded({ ...folded, hashes: accountHashes(folded) })) : folded);
  }
  return hasher.finish();
}

/** Every place of a plain value, as the keys that lead to it. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, inside]) => placesIn(inside).map((rest) => [key, ...rest]));
}

function changedAt(value: unknown, [key, ...rest]: readonly string[], field = ''): unknown {
  if (key === undefined) {
    if (typeof value === 'number') return value === 0 ? 1 : -value;
    if (typeof value === 'boolean') return !value;
    if (value === null) return field === 'value' ? 7 : 'no longer nothing';
    return `${value}.`;
  }
  if (Array.isArray(value))
    return value.map((inside, nth) => (String(nth) === key ? changedAt(inside, rest, key) : inside));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inside]) => [
      name,
      name === key ? changedAt(inside, rest, key) : inside,
    ]),
  );
}

describe('the hash of a data set', () => {
  it('is the same whatever the chunks and the order of accounts, records and keys, laid out before or not', () => {
    const reversed = (one: AccountHistory): AccountHistory => ({
      ...one,
      observations: one.observations.map((each) => ({
        ...each,
        values: Object.fromEntries(Object.entries(each.values).reverse()),
      })),
      outcomes: one.outcomes.toReversed(),
      leads: one.leads.toReversed(),
      opportunities: one.opportunities.toReversed(),
      customers: one.customers.toReversed(),
      usage: one.usage.toReversed(),
      events: (one.events ?? []).toReversed(),
    });
    fc.assert(
      fc.property(book, fc.integer({ min: 1, max: 7 }), fc.boolean(), (histories, size, kept) => {
        // What people recorded is no part of what is laid out.
        const bare = histories.map(({ events: _, ...rest }) => rest);
        assert.deepEqual(hashOf(bare.toReversed(), size, kept), hashOf(bare));
        assert.deepEqual(hashOf(histories.map(reversed).toReversed(), size), hashOf(histories));
      }),
    );
  });

  it('is another when any one value is another', () => {
    fc.assert(
      fc.property(book, fc.nat(), (histories, nth) => {
        const places = placesIn(histories).filter(([, field]) => field !== 'book' && field !== 'contacts');
        const place = places[nth % places.length] ?? assert.fail('an account has an id');
        // What `placesIn` has found there is changed and nothing else.
        const changed = changedAt(histories, place) as AccountHistory[];
        assert.notEqual(hashOf(changed).hash, hashOf(histories).hash, place.join('.'));
      }),
      { numRuns: 300 },
    );
  });

  it('is another when a record or an account comes or goes, and the count follows', () => {
    const lists = [
      'observations',
      'outcomes',
      'leads',
      'opportunities',
      'customers',
      'signals',
      'usage',
      'events',
    ] as const;
    fc.assert(
      fc.property(book, fc.constantFrom(...lists), (histories, list) => {
        const [first, ...others] = histories;
        assert.ok(first !== undefined);
        const all = hashOf(histories);
        const fewer = hashOf([{ ...first, [list]: (first[list] ?? []).slice(1) }, ...others]);
        assert.deepEqual([fewer.accounts, fewer.records], [all.accounts, all.records - 1]);
        assert.equal(hashOf(others).accounts, all.accounts - 1);
        assert.equal(new Set([all.hash, fewer.hash, hashOf(others).hash]).size, 3);
      }),
    );
  });

  it('keeps apart what a later row overwrites: of one source and one time the order counts', () => {
    const said = (...industries: string[]) =>
      hashOf([
        aHistory('a', {
          observations: industries.map((industry) => ({ values: { industry }, observedAt: 5, source: 'crm' })),
        }),
      ]).hash;
    assert.notEqual(said('Retail', 'Media'), said('Media', 'Retail'));
  });

  it('is there for no account at all', () => {
    const { hash, accounts, customers, records } = createDataSetHasher().finish();
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual([accounts, customers, records], [0, 0, 0]);
  });
});

describe('the hash of what a database holds', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(() => store.close());

  // Databases do not agree on whether B comes before a, nor on the order of the keys of an object.
  const values = { sector: 'Retail', employees: 7, b: true };
  const observed = (source: string) => ({ values, observedAt: 5, source });
  const signal = { kind: 'page_view', observedAt: 9, value: 3, source: 'website', text: null };
  const account = (id: string): BundleRecord => ({
    ...{ kind: 'account', id, name: `Name of ${id}`, domain: null, ownerEmail: null, ...observed('import') },
  });
  const visit = (accountId: string, value: number): BundleRecord => ({
    ...{ kind: 'signal', accountId, signal: 'page_view', observedAt: 9, value, source: 'website', text: null },
  });
  const hashIn = async (importId: number) => {
    const hasher = createDataSetHasher();
    for await (const chunk of readPackedHistories(store, 'main', { importId })) hasher.add(foldedOf(chunk));
    return hasher.finish();
  };

  it('is that of the same histories in memory: out of the tables, as it is laid out, and as it was kept', async () => {
    const importId = await importRecords(store, [
      ...['a', 'B', 'A'].map(account),
      ...['b', 'Z'].map((source): BundleRecord => ({ kind: 'observation', accountId: 'B', ...observed(source) })),
      visit('B', 3),
    ]);
    const sources: Readonly<Record<string, string[]>> = { a: ['import'], A: ['import'], B: ['Z', 'b', 'import'] };
    const histories = Object.entries(sources).map(([id, from]) =>
      aHistory(id, { observations: from.map(observed), signals: id === 'B' ? [signal] : [] }),
    );
    const out = await dataSetAt(store, 'main', importId);
    assert.deepEqual(out, hashOf(histories), 'out of the tables');
    assert.deepEqual(await hashIn(importId), out, 'as it is laid out');
    assert.deepEqual(await hashIn(importId), out, 'as it was kept');
    const later = await importRecords(store, [visit('B', 4)]);
    assert.notEqual((await hashIn(later)).hash, out.hash);
    assert.deepEqual(await hashIn(importId), out, 'an earlier import is what it was');
  });

  it('is the same whether the records came at once or one by one', async () => {
    const records = [account('a'), account('B'), visit('B', 3), visit('a', 1)];
    const at = async (book: string, parts: readonly BundleRecord[][]) => {
      let importId = 0;
      for (const part of parts)
        importId = await importRecords(store, part, { book, contentHash: `${book} ${importId}` });
      return (await dataSetAt(store, book, importId)).hash;
    };
    const oneByOne = records.map((one) => [one]);
    assert.equal(await at('one by one', oneByOne), await at('at once', [records]));
  });
});
