import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm';
import type { FindingInputs, Findings } from '../icp/findings.ts';
import type { EmergingSegment } from '../icp/segments/types.ts';
import { inOrder } from './in-order.ts';
import { instantOf } from './instants.ts';
import { findings } from './schema/findings.ts';
import type { Store } from './store.ts';

const dayMs = 86_400_000;

export interface StoredFindings {
  id: number;
  book: string;
  modelVersion: number;
  importId: number;
  asOf: number;
  inputs: FindingInputs;
  findings: Findings;
  contentHash: string;
}

/** Keeps what an analysis found. Findings are immutable: there is no way to change them. */
export async function addFindings(
  store: Store,
  entry: Omit<StoredFindings, 'id' | 'contentHash'>,
  createdAt: number,
): Promise<number> {
  const [row] = await store.db
    .insert(findings)
    .values({
      ...entry,
      asOf: new Date(entry.asOf),
      contentHash: hashOfFindings(entry.findings),
      createdAt: new Date(createdAt),
    })
    .returning({ id: findings.id });
  if (row === undefined) throw new Error('an insert gave no id');
  return row.id;
}

/** The last findings of a book that saw no more than an import and a day. */
export async function findingsAt(
  store: Store,
  { book, importId, asOf }: { book: string; importId: number; asOf: number },
): Promise<StoredFindings | null> {
  const [row] = await store.db
    .select()
    .from(findings)
    .where(and(eq(findings.book, book), lte(findings.importId, importId), lte(findings.asOf, new Date(asOf))))
    .orderBy(desc(findings.id))
    .limit(1);
  return row === undefined ? null : stored(row);
}

/** The last findings of a book as of an earlier day: an analysis made again on its day has the same before it. */
export async function findingsBefore(
  store: Store,
  { book, importId, asOf }: { book: string; importId: number; asOf: number },
): Promise<StoredFindings | null> {
  return findingsAt(store, { book, importId, asOf: asOf - (asOf % dayMs) - 1 });
}

/** What the last findings of a book that saw no more than an import and a day say of chances that were told before. */
export async function latestCalibration(
  store: Store,
  { book, importId, asOf }: { book: string; importId: number; asOf: number },
): Promise<{ asOf: number; mode: string | null; checked: boolean } | null> {
  const [row] = await store.rows<{ asOf: number; mode: string | null; checked: boolean }>(sql`
    select ${instantOf(sql`as_of`)} as "asOf", calibration ->> 'mode' as mode, calibration -> 'tests' <> '[]'::jsonb as checked
    from (
      select as_of, findings -> 'calibration' as calibration from findings
      where book = ${book} and import_id <= ${importId}::int and as_of <= ${new Date(asOf).toISOString()}::timestamptz
      order by id desc limit 1
    ) as latest`);
  return row ?? null;
}

/** The kinds of company that were new in the last findings of a book that saw no more than an import and a day, kept by a moment. */
export async function emergingFound(
  store: Store,
  { book, importId, asOf, by }: { book: string; importId: number; asOf: number; by: number },
): Promise<readonly EmergingSegment[]> {
  const [row] = await store.db
    .select({ emerging: sql<readonly EmergingSegment[] | null>`${findings.findings} #> '{segments,emerging}'` })
    .from(findings)
    .where(
      and(
        eq(findings.book, book),
        lte(findings.importId, importId),
        lte(findings.asOf, new Date(asOf)),
        lte(findings.createdAt, new Date(by)),
      ),
    )
    .orderBy(desc(findings.id))
    .limit(1);
  return row?.emerging ?? [];
}

/** Everything that was ever found in a book, oldest first, one at a time: each is large. */
export async function* everyFindings(store: Store, book: string): AsyncGenerator<StoredFindings> {
  let after = 0;
  for (;;) {
    const [row] = await store.db
      .select()
      .from(findings)
      .where(and(eq(findings.book, book), gt(findings.id, after)))
      .orderBy(asc(findings.id))
      .limit(1);
    if (row === undefined) return;
    yield stored(row);
    after = row.id;
  }
}

export async function findingsOf(store: Store, id: number): Promise<StoredFindings | null> {
  const [row] = await store.db.select().from(findings).where(eq(findings.id, id));
  return row === undefined ? null : stored(row);
}

/**
 * As of when an analysis last gave points for each criterion of a book, by its key, as an import and a day see it.
 *
 * @param seen.by only of what was known at this moment: a later analysis may look at the same import and day; `null`: of everything
 */
export async function criteriaLearntAt(
  store: Store,
  { book, importId, asOf, by }: { book: string; importId: number; asOf: number; by: number | null },
): Promise<ReadonlyMap<string, number>> {
  const seen = sql`book = ${book} and import_id <= ${importId}::int and as_of <= ${new Date(asOf).toISOString()}::timestamptz`;
  const known = by === null ? seen : sql`${seen} and created_at <= ${new Date(by).toISOString()}::timestamptz`;
  const rows = await store.rows<{ key: string; at: number }>(sql`
    select criterion ->> 'key' as key, ${instantOf(sql.raw('max(learnt.as_of)'))} as at
    from (
      select version, as_of from models where ${known} and parent_version is null
      union all select model_version, as_of from findings where ${known}
    ) as learnt
      join models on models.version = learnt.version and models.model ->> 'kind' = 'learned',
      jsonb_array_elements(models.model -> 'criteria') as criterion
    group by 1`);
  return new Map(rows.map(({ key, at }) => [key, at]));
}

/** When a book was looked through last, by the day that it was looked at as of; and when with customers to learn from. */
export async function lastAnalysis(
  store: Store,
  book: string,
): Promise<{ conversion: number | null; retention: number | null; customers: boolean }> {
  const customers = sql`(findings -> 'churnWatch' ->> 'customers')::int > 0`;
  const [row] = await store.rows<{ conversion: number | null; retention: number | null }>(sql`
    select ${instantOf(sql.raw('max(as_of)'))} as conversion,
      ${instantOf(sql`max(as_of) filter (where ${customers})`)} as retention
    from findings where book = ${book}`);
  const { conversion = null, retention = null } = row ?? {};
  return { conversion, retention, customers: retention !== null };
}

/** The same for the same findings, whatever order a database puts their keys into. */
export function hashOfFindings(found: Findings): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(found)))
    .digest('hex');
}

function stored(row: typeof findings.$inferSelect): StoredFindings {
  return { ...row, asOf: row.asOf.getTime() };
}
