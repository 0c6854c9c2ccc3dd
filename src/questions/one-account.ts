import { IcpError } from '../errors.ts';
import type { AccountHistory } from '../icp/history.ts';
import { readHistories } from '../store/histories.ts';
import type { Store } from '../store/store.ts';
import type { Pin } from './pin.ts';

/**
 * Everything known of one account, as an import left it.
 *
 * @throws {IcpError} `account_not_found` when the import did not know it
 */
export async function oneHistory(
  store: Store,
  { book, importId }: Pick<Pin, 'book' | 'importId'>,
  accountId: string,
): Promise<AccountHistory> {
  for await (const [history] of readHistories(store, book.name, { importId, accountIds: [accountId] })) {
    if (history !== undefined) return history;
  }
  throw new IcpError(
    'account_not_found',
    `the account ${accountId} is not in the book ${book.name} as of import ${importId}`,
  );
}
