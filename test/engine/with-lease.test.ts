import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { withLease } from '../../src/engine/with-lease.ts';
import { databaseNow, holdLease, renewLease, takeLease } from '../../src/store/leases.ts';
import { addModel } from '../../src/store/models.ts';
import type { Store } from '../../src/store/store.ts';
import { aModel } from '../support/a-model.ts';
import { freshStore } from '../support/fresh-store.ts';
import { anAccount } from '../support/plain-book.ts';
import { sourceOf } from '../support/records.ts';

const catalogue = {
  ...{ asOf: 0, timeKind: 'dates' as const, features: [], rules: [], setAside: [], sizeBuckets: [], painPhrases: [] },
  ...{ seenFrom: null, accounts: 0 },
};

describe('work that only one may do', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(() => store.close());

  it('is done one after the other, and lets the next begin whether it ended well or not', async () => {
    let inside = 0;
    const work = (fails: boolean) => async () => {
      inside += 1;
      assert.equal(inside, 1);
      await databaseNow(store);
      inside -= 1;
      if (fails) throw new Error('as asked');
      return 'done';
    };
    const what = 'the book a';
    assert.equal(await withLease(store, { what, holder: 'one' }, work(false)), 'done');
    await assert.rejects(withLease(store, { what, holder: 'one' }, work(true)), /as asked/);
    const two = [
      withLease(store, { what, holder: 'one' }, work(false)),
      withLease(store, { what, holder: 'two' }, work(false)),
    ];
    assert.deepEqual(await Promise.all(two), ['done', 'done']);
  });

  it('is void from the moment at which another has taken it over', async () => {
    const what = 'the book b';
    await assert.rejects(
      withLease(store, { what, holder: 'slow' }, async (fence) => {
        await store.transaction(fence);
        await store.db.execute(sql`update leases set expires_at = now() - interval '1 second' where name = ${what}`);
        const taken = await takeLease(store, what, { holder: 'fast', now: await databaseNow(store), ttlMs: 1_000 });
        assert.ok(taken !== null);
        await ingest({ store, fence }, sourceOf([anAccount('b1')]));
      }),
      /taken over/,
    );
    const [row] = await store.rows<{ n: number }>(sql`select count(*)::int as n from accounts`);
    assert.equal(row?.n, 0);
  });

  it('gives each holder a higher token than the one before, and only the last may go on', async () => {
    const now = 1_000_000;
    const take = (holder: string, at: number) => takeLease(store, 'c', { holder, now: at, ttlMs: 100 });
    const first = await take('one', now);
    assert.equal(await take('two', now + 99), null);
    const second = await take('two', now + 100);
    assert.ok(first !== null && second !== null && second.token > first.token);
    assert.equal(await renewLease(store, first, { now, ttlMs: 100 }), false);
    await assert.rejects(
      store.transaction((tx) => holdLease(tx, first)),
      { code: 'lease_lost' },
    );
    await store.transaction((tx) => holdLease(tx, second));
  });

  it('does not wait a year for a lease that a clock gave which was a year ahead', async () => {
    const now = 1_000_000;
    await takeLease(store, 'd', { holder: 'ahead', now: now + 31_536_000_000, ttlMs: 100 });
    assert.ok((await takeLease(store, 'd', { holder: 'right', now, ttlMs: 100 })) !== null);
  });

  it('numbers models and imports of different books one by one, however many are made at once', async () => {
    const entry = { importId: 1, asOf: 0, model: aModel({ base: 411 }), catalogue, verdict: 'fine' };
    const books = ['e', 'f', 'g', 'h', 'i'];
    const versions = await Promise.all(books.map((book) => addModel(store, { ...entry, book }, 0)));
    const imports = await Promise.all(
      books.map((book) => ingest({ store }, sourceOf([anAccount(`${book}1`)], { book }))),
    );
    assert.equal(new Set(versions).size, books.length);
    assert.equal(new Set(imports.map(({ importId }) => importId)).size, books.length);
  });
});
