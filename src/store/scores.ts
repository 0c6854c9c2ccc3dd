import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { accounts } from './schema/accounts.ts';
import { scoreRuns, scores } from './schema/models.ts';
import type { Store } from './store.ts';

/** What a rescoring saw: with these three, any score of it can be worked out again. */
export interface ScoreRun {
  book: string;
  modelVersion: number;
  importId: number;
  asOf: number;
  accounts: number;
}

export type ScoreRow = typeof scores.$inferInsert;

/** Replaces a book's scores by those of a new run, all at once. */
export async function replaceScores(store: Store, run: ScoreRun, rows: readonly ScoreRow[]): Promise<void> {
  await store.transaction(async (inside) => {
    await inside.db.delete(scores).where(eq(scores.book, run.book));
    await insertScores(inside, rows);
    const values = { ...run, asOf: new Date(run.asOf) };
    await inside.db.insert(scoreRuns).values(values).onConflictDoUpdate({ target: scoreRuns.book, set: values });
  });
}

/**
 * Replaces the scores of some accounts, and lets the book's run stand for a later import: the others are the same in it.
 *
 * @param accountIds the accounts whose scores are replaced; one of them without a row has none any more
 */
export async function replaceSomeScores(
  store: Store,
  run: ScoreRun,
  rows: readonly ScoreRow[],
  accountIds: readonly string[],
): Promise<void> {
  const replaced =
    accountIds.length === 0
      ? []
      : await store.db
          .delete(scores)
          .where(and(eq(scores.book, run.book), inArray(scores.accountId, [...accountIds])))
          .returning({ id: scores.accountId });
  await insertScores(store, rows);
  await store.db
    .update(scoreRuns)
    .set({ importId: run.importId, accounts: run.accounts + rows.length - replaced.length })
    .where(eq(scoreRuns.book, run.book));
}

async function insertScores(store: Store, rows: readonly ScoreRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 2_000) {
    const chunk = rows.slice(from, from + 2_000).map((row) => ({
      book: row.book,
      account_id: row.accountId,
      score: row.score,
      tier: row.tier,
      positive: row.positive,
      detractor_match: row.detractorMatch,
      flagged: row.flagged,
      p_accepted: row.pAccepted ?? null,
      p_qualified: row.pQualified ?? null,
      p_won: row.pWon ?? null,
      p_expanded: row.pExpanded ?? null,
      p_churned: row.pChurned ?? null,
      fit_points: row.fitPoints,
      timing_points: row.timingPoints,
      segment: row.segment ?? null,
      evidence: row.evidence,
      label: row.label ?? null,
    }));
    await store.rows(
      sql`insert into ${scores} select * from jsonb_populate_recordset(null::scores, ${JSON.stringify(chunk)}::jsonb)`,
    );
  }
}

export async function scoreRunOf(store: Store, book: string): Promise<ScoreRun | null> {
  const [row] = await store.db.select().from(scoreRuns).where(eq(scoreRuns.book, book));
  return row === undefined ? null : { ...row, asOf: row.asOf.getTime() };
}

/** One stored score, or `null` where the latest run is not the one meant or did not know the account. */
export async function storedScore(
  store: Store,
  book: string,
  accountId: string,
  meant: { importId: number; asOf: number; model: { version: number } },
): Promise<typeof scores.$inferSelect | null> {
  const run = await scoreRunOf(store, book);
  if (
    run === null ||
    run.importId !== meant.importId ||
    run.asOf !== meant.asOf ||
    run.modelVersion !== meant.model.version
  )
    return null;
  const [row] = await store.db
    .select()
    .from(scores)
    .where(and(eq(scores.book, book), eq(scores.accountId, accountId)));
  return row ?? null;
}

/** Every stored score of a book, in account order. */
export async function allScores(store: Store, book: string): Promise<(typeof scores.$inferSelect)[]> {
  return store.db.select().from(scores).where(eq(scores.book, book)).orderBy(sql`${scores.accountId} collate "C"`);
}

/** What the latest run says of an account now; `null` when it did not know it. */
export async function storedScoreNow(
  store: Store,
  book: string,
  accountId: string,
): Promise<{ score: number; tier: 1 | 2 | 3; modelVersion: number } | null> {
  const [row] = await store.db
    .select({ score: scores.score, tier: scores.tier, modelVersion: scoreRuns.modelVersion })
    .from(scores)
    .innerJoin(scoreRuns, eq(scoreRuns.book, scores.book))
    .where(and(eq(scores.book, book), eq(scores.accountId, accountId)));
  return row === undefined ? null : { ...row, tier: row.tier === 1 ? 1 : row.tier === 2 ? 2 : 3 };
}

/** Scores with the account's name and owner, as of the run's import. `where` is over `scores` and `heads`. */
export async function scoresWithNames(
  store: Store,
  run: ScoreRun,
  options: { where?: SQL | undefined; order: 'best' | 'worst' | 'account'; limit?: number | undefined },
) {
  const heads = store.db
    .selectDistinctOn([accounts.id], {
      id: accounts.id,
      name: accounts.name,
      domain: accounts.domain,
      ownerEmail: accounts.ownerEmail,
    })
    .from(accounts)
    .where(and(eq(accounts.book, run.book), sql`${accounts.importId} <= ${run.importId}`))
    .orderBy(asc(accounts.id), desc(accounts.importId))
    .as('heads');
  const order = {
    best: [desc(scores.score), sql`${scores.accountId} collate "C"`],
    worst: [asc(scores.score), sql`${scores.accountId} collate "C"`],
    account: [sql`${scores.accountId} collate "C"`],
  }[options.order];
  const query = store.db
    .select({ score: scores, name: heads.name, domain: heads.domain, ownerEmail: heads.ownerEmail })
    .from(scores)
    .innerJoin(heads, eq(heads.id, scores.accountId))
    .where(and(eq(scores.book, run.book), options.where))
    .orderBy(...order);
  return options.limit === undefined ? query : query.limit(options.limit);
}
