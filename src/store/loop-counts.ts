import { sql } from 'drizzle-orm';
import { instantOf } from './instants.ts';
import type { Store } from './store.ts';

/** How much people ask back: a team that questions the scores is a healthy one. */
export interface LoopCounts {
  /** Different questions that were asked. */
  questions: number;
  flags: number;
  answered: number;
  /** Days from a flag to its answer, the middle one; `null` where none was answered. */
  medianDays: number | null;
  overrides: number;
}

/** Counts from one instant on and before another. */
export async function loopCounts(store: Store, book: string, from: number, to: number): Promise<LoopCounts> {
  const iso = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`;
  const [row] = await store.rows<LoopCounts & Record<string, unknown>>(sql`
    select
      (select count(*)::int from receipts where created_at >= ${iso(from)} and created_at < ${iso(to)}
        and arguments ->> 'book' = ${book}) as questions,
      (select count(*)::int from flags where book = ${book} and flagged_at >= ${iso(from)} and flagged_at < ${iso(to)}) as flags,
      (select count(*)::int from flags where book = ${book} and answered_at >= ${iso(from)} and answered_at < ${iso(to)}) as answered,
      (select percentile_cont(0.5) within group (order by (${instantOf(sql.raw('answered_at'))} - ${instantOf(sql.raw('flagged_at'))}) / 86400000)
        from flags where book = ${book} and answered_at >= ${iso(from)} and answered_at < ${iso(to)}) as "medianDays",
      (select count(*)::int from overrides where book = ${book} and set_at >= ${iso(from)} and set_at < ${iso(to)}) as overrides`);
  return row ?? { questions: 0, flags: 0, answered: 0, medianDays: null, overrides: 0 };
}
