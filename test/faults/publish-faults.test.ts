import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PublishedBook } from '../support/published-book.ts';
import { faultBook } from './fault-book.ts';
import { publishFaultsOnce } from './fault-cases.ts';
import { mixedFaults } from './mixed-faults.ts';
import { publishUnder } from './publish-faults.ts';
import { rowFaults } from './row-faults.ts';
import { undoRound } from './undo-rounds.ts';

const seed = 20_261_122;

describe('a publication to an org with which something is wrong', () => {
  let book: PublishedBook;
  before(async () => {
    book = await faultBook();
  });
  after(() => book?.store.close());

  for (const one of publishFaultsOnce)
    it(`ends as planned without help, and people are told once: ${one.name}`, async () => {
      const { end, ended } = await publishUnder(book, one);
      assert.equal(end, 'finished');
      assert.deepEqual([...new Set(ended.map(({ state }) => state))], ['written']);
    });

  it('ends with every row written or listed when several things are wrong at once', async (t) => {
    for (let nth = 0; nth < 3; nth++) {
      const one = { name: `seed ${seed + nth}`, faults: mixedFaults(seed + nth), visits: 10 };
      const { struck, visits } = await publishUnder(book, one, { isMixed: true });
      t.diagnostic(`seed ${seed + nth}: ${struck} calls struck in ${visits} visits`);
    }
  });

  it('writes the good rows and lists every bad one with its code, or stops at the first two hundred', async () => {
    const seen = await rowFaults(book);
    assert.deepEqual(
      seen.filter(({ end }) => end === 'stopped').map(({ name }) => name),
      ['one row in twenty is refused', 'every row is refused'],
    );
  });

  it('gives every field back as it was when it is undone', async () => {
    const { rows, restored, listed } = await undoRound(book, seed, 0);
    assert.deepEqual([restored, listed], [rows, 0]);
  });

  it('keeps and lists what people have changed since, and gives the rest back', async () => {
    const { rows, restored, listed, edited } = await undoRound(book, seed, 60);
    assert.deepEqual([restored, listed], [rows - edited, edited]);
    assert.equal(edited, 40);
  });
});
