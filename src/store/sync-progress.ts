import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { inOrder } from './in-order.ts';
import { instantOf } from './instants.ts';
import type { Store } from './store.ts';

/** How far an object has been read in one sync. */
export interface ObjectProgress {
  object: string;
  /** `null`: nothing of it has been seen yet. */
  place: { modstamp: number; id: string } | null;
  records: number;
  finished: boolean;
}

/** How far a sync has come with each object, by name. */
export async function syncProgressOf(store: Store, importId: number): Promise<ReadonlyMap<string, ObjectProgress>> {
  const rows = await store.rows<{
    object: string;
    at: number | null;
    id: string | null;
    records: number;
    done: boolean;
  }>(sql`
    select object, ${instantOf(sql.raw('modstamp'))} as at, record_id as id, records, finished_at is not null as done
    from sync_progress where import_id = ${importId}::int order by object collate "C"`);
  return new Map(
    rows.map(({ object, at, id, records, done }) => [
      object,
      { object, place: at === null || id === null ? null : { modstamp: at, id }, records, finished: done },
    ]),
  );
}

/** Notes how far an object is read; belongs in the transaction that wrote the page. */
export async function noteSyncProgress(
  tx: Store,
  { importId, orgId }: { importId: number; orgId: string },
  { object, place, records, finished }: ObjectProgress,
  now: number,
): Promise<void> {
  const at = place === null ? null : new Date(place.modstamp).toISOString();
  const done = finished ? new Date(now).toISOString() : null;
  await tx.db.execute(sql`
    insert into sync_progress (import_id, org_id, object, modstamp, record_id, records, finished_at)
    values (${importId}::int, ${orgId}, ${object}, ${at}::timestamptz, ${place?.id ?? null}, ${records}::int, ${done}::timestamptz)
    on conflict (import_id, object) do update set modstamp = excluded.modstamp, record_id = excluded.record_id,
      records = excluded.records, finished_at = excluded.finished_at`);
}

/** Twelve letters that tell one mapping from another, in whichever order its parts come. */
export function shortHashOf(mapping: unknown): string {
  return hash('sha256', JSON.stringify(inOrder(mapping)), 'base64url').slice(0, 12);
}

/** When the CRM was last read to the end for a book; `null` where it never was. */
export async function lastSynced(store: Store, book: string): Promise<number | null> {
  const [row] = await store.rows<{ at: number | null }>(sql`
    select ${instantOf(sql.raw('max(p.finished_at)'))} as at from sync_progress p
    join imports i on i.id = p.import_id and i.status = 'finished' where i.book = ${book}`);
  return row?.at ?? null;
}
