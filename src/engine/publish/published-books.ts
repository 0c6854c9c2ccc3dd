import type { CrmOrg } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import { listBooks } from '../../store/books.ts';
import { publicationsOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { crmBook } from '../sync/crm-settings.ts';
import { publishing, publishPrefix } from './may-publish.ts';

/** The books whose scores the CRM gets: those that somebody has switched on, else the one that the CRM feeds. */
export async function publishedBooks(store: Store): Promise<readonly string[]> {
  const on: string[] = [];
  for (const { name } of await listBooks(store)) if ((await publishing(store, name)).on) on.push(name);
  return on.length > 0 ? on : [await crmBook(store)];
}

/**
 * Makes sure that an org gets its scores from one book: two would write over each other's for ever.
 *
 * @throws {IcpError} `other_book` where the org has the scores of another book, which is still published
 */
export async function requireOnlyBook(store: Store, org: CrmOrg, book: string): Promise<void> {
  for (const other of await publishedBooks(store)) {
    if (other === book) continue;
    const [last] = await publicationsOf(store, other, 1);
    if (last === undefined || last.orgId !== org.id || last.kind === 'undo') continue;
    throw new IcpError(
      'other_book',
      `an org gets its scores from one book, and ${orgInWords(org)} has those of ${other}, so ${book} is not published there; to change that, undo them with lodestar undo ${last.id.slice(0, 8)}, or switch the other off and this one on: lodestar settings ${publishPrefix}${other} '{"on":false}' and ${publishPrefix}${book} '{"on":true}'`,
    );
  }
}
