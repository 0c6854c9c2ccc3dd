import { sql } from 'drizzle-orm';
import type { FieldDeclaration, Source } from '../../connectors/ports.ts';
import { addAudit } from '../../store/audit.ts';
import type { Store } from '../../store/store.ts';
import type { Fence } from '../with-lease.ts';

const naming = ['observations', 'contacts', 'leads', 'opportunities', 'customers', 'outcomes', 'signals', 'usage'];

/**
 * Ends an import: accounts that were only named get a row of their own, the columns are declared, and readers see it
 * all from here on.
 */
export async function finishImport(
  { store, fence }: { store: Store; fence?: Fence },
  source: Pick<Source, 'book' | 'label' | 'contentHash' | 'fields'>,
  importId: number,
  now: Date,
): Promise<void> {
  await store.transaction(async (tx) => {
    await fence?.(tx);
    const named = naming
      .map((table) => `select account_id from ${table} where import_id = ${importId} and account_id is not null`)
      .join(' union ');
    await tx.db.execute(
      sql`insert into accounts (book, import_id, digest, id)
          select ${source.book}, ${importId}::int, 'only named', n.account_id from (${sql.raw(named)}) as n
          where not exists (select 1 from accounts a where a.book = ${source.book} and a.id = n.account_id)`,
    );
    await declareFields(tx, source.book, source.fields);
    await tx.db.execute(
      sql`update imports set status = 'finished', finished_at = ${now.toISOString()}::timestamptz where id = ${importId}::int`,
    );
    await addAudit(tx, {
      ...{ at: now.getTime(), actor: `the source ${source.label}`, action: 'import.finished' },
      ...{ subject: `import ${importId} of ${source.book}`, details: { contentHash: source.contentHash } },
    });
  });
  // The embedded database never looks by itself at what it holds, and would sort all accounts for every chunk that is read.
  await store.db.execute(sql.raw(`analyze accounts, ${naming.join(', ')}`));
}

async function declareFields(tx: Store, book: string, fields: readonly FieldDeclaration[]): Promise<void> {
  const rows = fields.map(({ field, layer, type, label, leftOut }) => ({
    field,
    layer,
    type,
    label: label ?? null,
    left_out: leftOut,
  }));
  await tx.db.execute(
    sql`insert into fields (book, field, layer, type, label, left_out)
        select ${book}, r.field, r.layer, r.type, r.label, r.left_out
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(field text, layer text, type text, label text, left_out text)
        on conflict (book, field) do update
        set layer = excluded.layer, type = excluded.type, label = excluded.label, left_out = excluded.left_out`,
  );
}
