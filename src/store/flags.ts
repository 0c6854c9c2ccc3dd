import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Flag } from '../icp/judgements/flag.ts';
import { evidenceGrades } from '../icp/model.ts';
import type { ScoreRange } from '../icp/score-range.ts';
import type { ScoreSupport } from '../icp/score-support.ts';
import { addAudit, auditOf } from './audit.ts';
import { flags } from './schema/people.ts';
import type { Store } from './store.ts';

/** Keeps that somebody found a score wrong, with the score and the model that it was said of. */
export async function addFlag(
  store: Store,
  flag: Omit<Flag, 'id' | 'answeredAt' | 'answeredBy' | 'answer'>,
): Promise<Flag> {
  const [row] = await store.db
    .insert(flags)
    .values({ ...flag, flaggedAt: new Date(flag.flaggedAt) })
    .returning();
  if (row === undefined) throw new Error('an insert gave no row');
  return asFlag(row);
}

/** Keeps the answer to a flag; false when it had one before, from whichever process. */
export async function keepAnswer(
  store: Store,
  id: number,
  { by, answer, at }: { by: string; answer: string; at: number },
): Promise<boolean> {
  const answered = await store.db
    .update(flags)
    .set({ answer, answeredBy: by, answeredAt: new Date(at) })
    .where(and(eq(flags.id, id), isNull(flags.answeredAt)))
    .returning({ id: flags.id });
  return answered.length > 0;
}

export async function flagOf(store: Store, id: number): Promise<Flag | null> {
  const [row] = await store.db.select().from(flags).where(eq(flags.id, id));
  return row === undefined ? null : asFlag(row);
}

/** Every flag, the oldest first; those of one book, or those that wait for an answer, where only they are wanted. */
export async function listFlags(store: Store, only: { book?: string; open?: boolean } = {}): Promise<Flag[]> {
  const rows = await store.db
    .select()
    .from(flags)
    .where(
      and(
        only.book === undefined ? undefined : eq(flags.book, only.book),
        only.open === true ? isNull(flags.answeredAt) : undefined,
      ),
    )
    .orderBy(asc(flags.id));
  return rows.map(asFlag);
}

/** Keeps where a flag was told, so that the message there can say what became of it. */
export async function keepTold(
  store: Store,
  id: number,
  told: { channel: string; ts: string },
  at: number,
): Promise<void> {
  const entry = { at, actor: 'lodestar', action: 'flag.told', subject: `flag ${id}`, details: told };
  await store.transaction((tx) => addAudit(tx, entry));
}

/** Where a flag was told. */
export async function toldAt(store: Store, id: number): Promise<{ channel: string; ts: string }[]> {
  const rows = await auditOf(store, 'flag.told', `flag ${id}`);
  return rows.flatMap(({ details: { channel, ts } }) =>
    typeof channel === 'string' && typeof ts === 'string' ? [{ channel, ts }] : [],
  );
}

/** What stood behind a score when it was doubted, as the audit log has kept it; `null` where it has not. */
export async function supportWhenRaised(store: Store, id: number): Promise<ScoreSupport | null> {
  const [raised] = await auditOf(store, 'flag.raised', `flag ${id}`);
  const evidence = evidenceGrades.find((grade) => grade === raised?.details.evidence);
  return evidence === undefined ? null : { evidence, range: asRange(raised?.details.range) };
}

function asRange(kept: unknown): ScoreRange | null {
  if (typeof kept !== 'object' || kept === null || !('low' in kept) || !('high' in kept)) return null;
  const { low, high } = kept;
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : null;
}

function asFlag(row: typeof flags.$inferSelect): Flag {
  return { ...row, flaggedAt: row.flaggedAt.getTime(), answeredAt: row.answeredAt?.getTime() ?? null };
}
