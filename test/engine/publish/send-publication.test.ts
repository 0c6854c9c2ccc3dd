import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rowCounts } from '../../../src/store/publication-rows.ts';
import { publishedBook } from '../../support/published-book.ts';

describe('sending a publication', () => {
  it('writes what the plan says to accounts, leads and contacts, and a second plan is empty', async () => {
    const book = await publishedBook({ accounts: 12, leads: 10, contacts: 7 });
    const plan = await book.plan();
    assert.deepEqual(
      plan.objects.map(({ object, rows, converted }) => [object, rows, converted]),
      [
        ['Account', 12, 0],
        ['Lead', 8, 2],
        ['Contact', 7, 0],
      ],
    );
    const sent = await book.send(plan.id);
    assert.equal(sent.state, 'finished');
    assert.deepEqual(await book.unlike(plan.id), []);
    assert.deepEqual(
      (await rowCounts(book.store, plan.id)).map(({ state }) => state),
      ['written', 'written', 'written'],
    );
    assert.deepEqual(new Set(book.crm.written.values()), new Set([1]));
    assert.equal(book.crm.written.size, 27);
    const again = await book.plan({ dryRun: true });
    assert.deepEqual(
      again.objects.map(({ rows, same }) => [rows, same]),
      [
        [0, 12],
        [0, 8],
        [0, 7],
      ],
    );
    await book.store.close();
  });
});
