import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { AccountNotFoundError } from '../../src/errors.ts';
import { resolveAccount, suggestAccounts } from '../../src/questions/resolve-account.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { anAccount, hostileNames } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';

describe('resolveAccount', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
    await importRecords(store, [
      anAccount('001', { name: 'Acme Logistics', domain: 'acme.example' }),
      anAccount('002', { name: 'Acme Retail', domain: 'acme-retail.example' }),
      anAccount('003', { name: 'Bolt', domain: 'bolt.example' }),
      anAccount('004', { name: 'Twin', domain: null }),
      anAccount('005', { name: 'Twin', domain: null }),
      anAccount('Bolt', { name: 'Named like an id', domain: null }),
      anAccount('007', { name: null, domain: null }),
      ...hostileNames.map((name, nth) => anAccount(`h${nth}`, { name, domain: null })),
    ]);
    await importRecords(store, [anAccount('001', { name: 'Other Acme', domain: 'other.example' })], { book: 'second' });
  });
  after(() => store.close());

  const idOf = async (typed: string, book?: string) => {
    const { book: found, id } = await resolveAccount(store, typed, book);
    return `${found}:${id}`;
  };

  for (const [typed, meant] of [
    ['002', 'main:002'],
    ['acme.example', 'main:001'],
    ['https://www.ACME.example/about', 'main:001'],
    ['Acme Logistics', 'main:001'],
    ['  acme   logistics ', 'main:001'],
    ['acme l', 'main:001'],
    ['bolt.example', 'main:003'],
    ['Bolt', 'main:Bolt'],
    ['007', 'main:007'],
    ['second:001', 'second:001'],
    ['second: other acme', 'second:001'],
    ['Other', 'second:001'],
  ] as const) {
    it(`finds ${meant} by "${typed}"`, async () => {
      assert.equal(await idOf(typed), meant);
    });
  }

  it('finds accounts whose names were written to do harm', async () => {
    for (const [nth, name] of hostileNames.entries()) assert.equal(await idOf(name), `main:h${nth}`, name);
  });

  it('looks in one book only when one is named', async () => {
    assert.equal(await idOf('001', 'second'), 'second:001');
    await assert.rejects(resolveAccount(store, 'Bolt', 'second'), AccountNotFoundError);
  });

  for (const [typed, sentence, nearest] of [
    ['001', /^2 accounts answer to "001"/, ['main:001', 'second:001']],
    ['twin', /^2 accounts answer to "twin"/, ['main:004', 'main:005']],
    ['Acme', /^no account answers to "Acme"; did you mean/, ['main:001', 'main:002', 'second:001']],
    ['Acme Logistiks', /did you mean/, ['main:001']],
  ] as const) {
    it(`does not guess what "${typed}" means, and names the nearest`, async () => {
      await assert.rejects(resolveAccount(store, typed), (error: unknown) => {
        assert.ok(error instanceof AccountNotFoundError);
        assert.match(error.message, sentence);
        const found = error.candidates.map(({ book, id }) => `${book}:${id}`);
        assert.deepEqual(
          nearest.filter((candidate) => !found.includes(candidate)),
          [],
        );
        assert.equal(found[0], nearest[0]);
        return true;
      });
    });
  }

  it('says so where nothing is near', async () => {
    for (const typed of ['zzzzqqqq', '', '   ', ':', 'second:', '%', '_', '\\', '\u0000']) {
      await assert.rejects(resolveAccount(store, typed), (error: unknown) => {
        assert.ok(error instanceof AccountNotFoundError, `${JSON.stringify(typed)}: ${String(error)}`);
        return true;
      });
    }
  });

  it('finds an account, or says that it found none, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (typed) => {
        await suggestAccounts(store, typed, 5);
        await resolveAccount(store, typed).catch((error: unknown) => assert.ok(error instanceof AccountNotFoundError));
      }),
      { numRuns: 100 },
    );
  });
});
