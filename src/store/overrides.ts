import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { KnownSince, Override, Tier } from '../icp/judgements/override.ts';
import { instantOf } from './instants.ts';
import { overrides } from './schema/judgements.ts';
import type { Store } from './store.ts';

/** Keeps an override; one that is there for the account already ends with it. Call it inside a transaction. */
export async function addOverride(
  store: Store,
  entry: Omit<Override, 'id' | 'endedAt' | 'endedBy'>,
): Promise<{ id: number; replaced: Override | null }> {
  // Two that are set at once would both stand, and the older come back when the newer lapses.
  await store.db.execute(sql`lock table overrides in share row exclusive mode`);
  const replaced = await overrideAt(store, entry.book, entry.accountId, entry.setAt);
  await store.db
    .update(overrides)
    .set({ endedAt: new Date(entry.setAt), endedBy: entry.by })
    .where(
      and(
        eq(overrides.book, entry.book),
        eq(overrides.accountId, entry.accountId),
        isNull(overrides.endedAt),
        gt(overrides.until, new Date(entry.setAt)),
      ),
    );
  const [row] = await store.db
    .insert(overrides)
    .values({ ...entry, setAt: new Date(entry.setAt), until: new Date(entry.until) })
    .returning({ id: overrides.id });
  if (row === undefined) throw new Error('an insert gave no id');
  return { id: row.id, replaced };
}

/** Ends an override; false when it had ended before, from whichever process. */
export async function endOverride(store: Store, id: number, by: string, at: number): Promise<boolean> {
  const ended = await store.db
    .update(overrides)
    .set({ endedAt: new Date(at), endedBy: by })
    .where(and(eq(overrides.id, id), isNull(overrides.endedAt), gt(overrides.until, new Date(at))))
    .returning({ id: overrides.id });
  return ended.length > 0;
}

export async function overrideOf(store: Store, id: number): Promise<Override | null> {
  const [row] = await store.db.select().from(overrides).where(eq(overrides.id, id));
  return row === undefined ? null : asOverride(row);
}

/** The override of an account that holds at an instant. */
export async function overrideAt(store: Store, book: string, accountId: string, at: number): Promise<Override | null> {
  const [row] = await store.db
    .select()
    .from(overrides)
    .where(and(eq(overrides.book, book), eq(overrides.accountId, accountId), holding(at)))
    .orderBy(desc(overrides.id))
    .limit(1);
  return row === undefined ? null : asOverride(row);
}

/** The overrides of a book that hold at an instant, the last set first; `among` narrows them to some accounts. */
export async function overridesAt(
  store: Store,
  book: string,
  at: number,
  among?: readonly string[],
): Promise<Override[]> {
  if (among?.length === 0) return [];
  const ofThem = among === undefined ? undefined : inArray(overrides.accountId, [...among]);
  const rows = await store.db
    .select()
    .from(overrides)
    .where(and(eq(overrides.book, book), holding(at), ofThem))
    .orderBy(desc(overrides.id));
  return rows.map(asOverride);
}

/** Every override of a book that was ever set by an instant, oldest first. */
export async function allOverrides(store: Store, book: string, at: number): Promise<Override[]> {
  const rows = await store.db
    .select()
    .from(overrides)
    .where(and(eq(overrides.book, book), lte(overrides.setAt, new Date(at))))
    .orderBy(asc(overrides.id));
  return rows.map(asOverride);
}

/**
 * What became of the accounts of a book's overrides: the first win or loss that happened after each was set, and that came in
 * with an import which ended after it. What was known already when the person spoke is no proof of foresight.
 */
export async function knownSince(
  store: Store,
  { book, importId, asOf }: { book: string; importId: number; asOf: number },
): Promise<KnownSince[]> {
  const by = new Date(asOf).toISOString();
  return store.rows<KnownSince & Record<string, unknown>>(sql`
    with told as (
      select account_id, outcome, closed_at as at, import_id from opportunities this
      where book = ${book} and import_id <= ${importId}::int and type = 'new' and outcome in ('won', 'lost')
        and not exists (select from opportunities later where later.book = this.book and later.id = this.id
          and later.import_id > this.import_id and later.import_id <= ${importId}::int)
      union all
      select account_id, kind, occurred_at, import_id from outcomes
      where book = ${book} and import_id <= ${importId}::int and kind in ('won', 'lost')
      union all
      select account_id, 'won', started_at, import_id from customers
      where book = ${book} and import_id <= ${importId}::int
    )
    select distinct on (o.id) o.id as "overrideId", t.outcome, ${instantOf(sql.raw('t.at'))} as at
    from overrides o
    join told t on t.account_id = o.account_id and t.at > o.set_at and t.at <= ${by}::timestamptz
    join imports i on i.id = t.import_id and i.finished_at > o.set_at
    where o.book = ${book}
    order by o.id, t.at, t.outcome`);
}

function holding(at: number) {
  const when = new Date(at);
  return and(
    lte(overrides.setAt, when),
    gt(overrides.until, when),
    or(isNull(overrides.endedAt), gt(overrides.endedAt, when)),
  );
}

function asOverride(row: typeof overrides.$inferSelect): Override {
  return {
    ...row,
    tier: asTier(row.tier),
    modelTier: row.modelTier === null ? null : asTier(row.modelTier),
    setAt: row.setAt.getTime(),
    until: row.until.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
  };
}

function asTier(tier: number): Tier {
  return tier === 1 ? 1 : tier === 2 ? 2 : 3;
}
