import type { Crm, CrmRecord, ScoredObject } from '../../connectors/crm.ts';
import { differing, diffOf, keptValues } from '../../icp/publishing/diff-values.ts';
import { publishedFields } from '../../icp/publishing/published-fields.ts';
import { inSendingOrder } from '../../icp/publishing/sending-order.ts';
import type { PublishedValues } from '../../icp/publishing/values-of.ts';
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

interface Wanted {
  book: string;
  importId: number;
  /** What each account is to have. */
  targets: ReadonlyMap<string, PublishedValues>;
}

/**
 * The rows of one object that differ from what the org has, read from it now, in the order of sending.
 *
 * @param firstNth the place of the first row
 * @returns `accounts`: the scored accounts that were met, for `Account`
 */
export async function planRows(
  { store, crm }: { store: Store; crm: Pick<Crm, 'reader'> },
  object: ScoredObject,
  { book, importId, targets }: Wanted,
  firstNth: number,
): Promise<{ rows: PlanRow[]; counts: PlannedObject }> {
  const counts: PlannedObject = { object, rows: 0, same: 0, converted: 0, withoutScore: 0 };
  const found: (Omit<PlanRow, 'nth'> & { beside: string })[] = [];
  for await (const page of crm.reader.snapshot(object, [...publishedNames, ...alsoRead[object]])) {
    const accountOf = await accountsIn(store, object, { book, importId, page });
    for (const record of page) {
      const recordId = String(record.Id);
      const accountId = accountOf(recordId);
      const after = accountId === undefined ? undefined : targets.get(accountId);
      if (accountId === undefined || after === undefined) counts.withoutScore++;
      else if (record.IsConverted === true) counts.converted++;
      else if (diffOf(record, after).length === 0) counts.same++;
      else found.push({ object, recordId, accountId, before: keptValues(record), after, beside: besideOf(record) });
    }
  }
  counts.rows = found.length;
  const rows = inSendingOrder(found).map(({ beside: _, ...row }, at) => ({ ...row, nth: firstNth + at }));
  return { rows, counts };
}

async function accountsIn(
  store: Store,
  object: ScoredObject,
  { book, importId, page }: { book: string; importId: number; page: readonly CrmRecord[] },
): Promise<(recordId: string) => string | undefined> {
  if (object === 'Account') return (recordId) => recordId;
  const ids = page.map(({ Id }) => String(Id));
  const accounts = await accountsOfRecords(store, object, { book, importId, ids });
  return (recordId) => accounts.get(recordId);
}

function besideOf({ OwnerId, AccountId }: CrmRecord): string {
  return String(AccountId ?? OwnerId ?? '');
}

/** Whether a record has all that a row was to write. */
export function carries(record: CrmRecord, after: Readonly<Record<string, string | number | boolean | null>>): boolean {
  return differing(record, after).length === 0;
}
