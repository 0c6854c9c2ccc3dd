import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { publishedBooks, requireOnlyBook } from '../../../src/engine/publish/published-books.ts';
import { undoPublication } from '../../../src/engine/publish/undo-publication.ts';
import { addSetting } from '../../../src/store/settings.ts';
import { type PublishedBook, publishedBook } from '../../support/published-book.ts';

describe('the books whose scores an org gets', () => {
  let book: PublishedBook;
  before(async () => {
    book = await publishedBook({ accounts: 3 });
  });
  after(() => book.store.close());

  const set = (key: string, value: unknown) =>
    addSetting(book.store, { key, value, setAt: book.clock.now++, setBy: 'a test' });
  const another = (org = book.crm.orgNow) => requireOnlyBook(book.store, org, 'other');

  it('are those that somebody has switched on, else the one that the CRM feeds', async () => {
    assert.deepEqual(await publishedBooks(book.store), ['main']);
    await set('crm.book', 'other');
    assert.deepEqual(await publishedBooks(book.store), ['other']);
    await set('publish.main', { on: true });
    assert.deepEqual(await publishedBooks(book.store), ['main']);
  });

  it('are one for each org, until it is undone or switched off', async () => {
    await another();
    const { id } = await book.plan();
    await book.send(id);
    await assert.rejects(another(), {
      code: 'other_book',
      message: new RegExp(
        `Northwind \\(local\\) has those of main, so other is not.*lodestar undo ${id.slice(0, 8)}.*settings publish\\.main '\\{"on":false\\}'`,
      ),
    });
    await requireOnlyBook(book.store, book.crm.orgNow, 'main');
    await another({ ...book.crm.orgNow, id: '00D000000000002EAA' });
    await set('publish.main', { on: false });
    await another();
    await set('publish.main', { on: true });
    await assert.rejects(another(), { code: 'other_book' });
    const undo = await undoPublication(book.ports, { id, by: 'via command line by a test' });
    await book.send(undo.id);
    await another();
  });
});
