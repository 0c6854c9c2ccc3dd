import type { Crm, CrmRecord, ScoredObject } from '../../connectors/crm.ts';
import { differing, diffOf, keptValues } from '../../icp/publishing/diff-values.ts';
import { publishedFields } from '../../icp/publishing/published-fields.ts';
import { inSendingOrder } from '../../icp/publishing/sending-order.ts';
import type { PublishedValues } from '../../icp/publishing/values-of.ts';
import { mergedAccounts } from '../../store/departures.ts';
import type { PlanRow } from '../../store/publication-rows.ts';
import { accountsOfRecords } from '../../store/scored-records.ts';
import type { Store } from '../../store/store.ts';
import type { PlannedObject } from './planned.ts';

export const publishedNames: readonly string[] = publishedFields.map(({ name }) => name);

/** What else is read of a record: who it stands beside in the order of sending, and whether it can be written. */
const alsoRead = {
  Account: ['OwnerId'],
  Lead: ['OwnerId', 'IsConverted'],
  Contact: ['AccountId'],
} as const satisfies Record<ScoredObject, readonly string[]>;

/** What a record has that was never published. */
const nothing = keptValues({});

interface Wanted {
  book: string;
  importId: number;
  /** What each account is to have. */
  targets: ReadonlyMap<string, PublishedValues>;
  /** The runs by which the book has written to the org: what carries one of them is ours to clear. */
  runIds: ReadonlySet<string>;
}

/**
 * The rows of one object that differ from what the org has, read from it now, in the order of sending: records of scored accounts,
 * and those that carry an old score of ours and belong to none any more, which lose it.
 *
 * @param firstNth the place of the first row
 * @returns `accounts`: the scored accounts that were met, for `Account`
 */
export async function planRows(
  { store, crm }: { store: Store; crm: Pick<Crm, 'reader'> },
  object: ScoredObject,
  { book, importId, targets, runIds }: Wanted,
  firstNth: number,
): Promise<{ rows: PlanRow[]; counts: PlannedObject }> {
  const counts: PlannedObject = { object, rows: 0, same: 0, converted: 0, withoutScore: 0, cleared: 0 };
  const found: (Omit<PlanRow, 'nth'> & { beside: string })[] = [];
  const merged = await mergedAccounts(store, book, importId);
  for await (const page of crm.reader.snapshot(object, [...publishedNames, ...alsoRead[object]])) {
    const accountOf = await accountsIn(store, object, { book, importId, page, merged });
    for (const record of page) {
      const recordId = String(record.Id);
      const accountId = accountOf(recordId);
      const after = accountId === undefined ? undefined : targets.get(accountId);
      const row = { object, recordId, before: keptValues(record), beside: besideOf(record) };
      const isScored = accountId !== undefined && after !== undefined;
      if (!isScored && !runIds.has(String(record.ICP_Run_Id__c ?? ''))) counts.withoutScore++;
      else if (record.IsConverted === true) counts.converted++;
      else if (!isScored) {
        counts.cleared++;
        found.push({ ...row, accountId: object === 'Account' ? recordId : null, after: nothing });
      } else if (diffOf(record, after).length === 0) counts.same++;
      else found.push({ ...row, accountId, after });
    }
  }
  counts.rows = found.length;
  const rows = inSendingOrder(found).map(({ beside: _, ...row }, at) => ({ ...row, nth: firstNth + at }));
  return { rows, counts };
}

async function accountsIn(
  store: Store,
  object: ScoredObject,
  {
    book,
    importId,
    page,
    merged,
  }: { book: string; importId: number; page: readonly CrmRecord[]; merged: ReadonlyMap<string, string> },
): Promise<(recordId: string) => string | undefined> {
  if (object === 'Account') return (recordId) => recordId;
  const ids = page.map(({ Id }) => String(Id));
  const accounts = await accountsOfRecords(store, object, { book, importId, ids });
  // A lead is not read again when the account that it was taken to belong to is merged into another.
  return (recordId) => {
    const accountId = accounts.get(recordId);
    return accountId === undefined ? undefined : (merged.get(accountId) ?? accountId);
  };
}

function besideOf({ OwnerId, AccountId }: CrmRecord): string {
  return String(AccountId ?? OwnerId ?? '');
}

/** Whether a record has all that a row was to write. */
export function carries(record: CrmRecord, after: Readonly<Record<string, string | number | boolean | null>>): boolean {
  return differing(record, after).length === 0;
}
