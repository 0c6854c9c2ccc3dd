import { sql } from 'drizzle-orm';
import type { Store } from './store.ts';

/** What imports brought to a book, by what it is about. */
export interface NewsCounts {
  /** Deals that were won or lost. */
  deals: number;
  /** Accounts of which something was said about what kind of company they are, and about what they run. */
  firmographic: number;
  technographic: number;
  /** Signals by their kind. */
  signals: ReadonlyMap<string, number>;
  /** Accounts of which anything new is known at all. */
  accounts: number;
}

/**
 * Counts what came in after an import.
 *
 * @param since `null`: everything
 * @param fields those about what companies run; and those that are about neither, such as what they do
 */
export async function newsSince(
  store: Store,
  { book, since }: { book: string; since: number | null },
  fields: { technographic: readonly string[]; neither: readonly string[] },
): Promise<NewsCounts> {
  const isNew = sql`book = ${book} and import_id > ${since ?? 0}::int`;
  const names = (list: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;
  const [deals] = await store.rows<{ n: number }>(
    sql`select count(distinct id)::int as n from opportunities where ${isNew} and outcome <> 'open'`,
  );
  const [said] = await store.rows<{ technographic: number; firmographic: number }>(sql`
    select count(distinct account_id) filter (where key in ${names(fields.technographic)})::int as technographic,
      count(distinct account_id) filter (where key not in ${names([...fields.technographic, ...fields.neither])})::int as firmographic
    from observations, jsonb_each("values") as each(key, value) where ${isNew} and value <> 'null'::jsonb`);
  const signals = await store.rows<{ kind: string; n: number }>(
    sql`select kind, count(*)::int as n from signals where ${isNew} group by kind order by kind`,
  );
  const [accounts] = await store.rows<{ n: number }>(sql`
    select count(*)::int as n from (
      select id as account_id from accounts where ${isNew}
      ${sql.join(
        ['observations', 'signals', 'usage', 'leads', 'opportunities', 'customers', 'outcomes'].map(
          (table) =>
            sql`union select account_id from ${sql.identifier(table)} where ${isNew} and account_id is not null`,
        ),
        sql` `,
      )}
    ) as touched`);
  return {
    ...{ deals: deals?.n ?? 0, firmographic: said?.firmographic ?? 0, technographic: said?.technographic ?? 0 },
    signals: new Map(signals.map(({ kind, n }) => [kind, n])),
    accounts: accounts?.n ?? 0,
  };
}
