import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Caution } from '../icp/judgements/caution.ts';
import { cautions } from './schema/judgements.ts';
import type { Store } from './store.ts';

export async function addCaution(store: Store, caution: Omit<Caution, 'id' | 'endedAt' | 'endedBy'>): Promise<Caution> {
  const { setAt, until } = caution;
  const [row] = await store.db
    .insert(cautions)
    .values({ ...caution, setAt: new Date(setAt), until: until === null ? null : new Date(until) })
    .returning();
  if (row === undefined) throw new Error('an insert gave no row');
  return asCaution(row);
}

/** Ends a caution; false when it had ended before. */
export async function endCaution(store: Store, id: number, by: string, at: number): Promise<boolean> {
  const ended = await store.db
    .update(cautions)
    .set({ endedAt: new Date(at), endedBy: by })
    .where(and(eq(cautions.id, id), isNull(cautions.endedAt)))
    .returning({ id: cautions.id });
  return ended.length > 0;
}

/** Cautions by their numbers, in order. */
export async function cautionsOf(store: Store, ids: readonly number[]): Promise<Caution[]> {
  if (ids.length === 0) return [];
  const rows = await store.db
    .select()
    .from(cautions)
    .where(inArray(cautions.id, [...ids]))
    .orderBy(asc(cautions.id));
  return rows.map(asCaution);
}

/** The cautions of a book that hold at an instant, in order. */
export async function cautionsAt(store: Store, book: string, at: number): Promise<Caution[]> {
  const when = new Date(at);
  const rows = await store.db
    .select()
    .from(cautions)
    .where(
      and(
        eq(cautions.book, book),
        lte(cautions.setAt, when),
        or(isNull(cautions.until), gt(cautions.until, when)),
        or(isNull(cautions.endedAt), gt(cautions.endedAt, when)),
      ),
    )
    .orderBy(asc(cautions.id));
  return rows.map(asCaution);
}

function asCaution(row: typeof cautions.$inferSelect): Caution {
  return {
    ...row,
    setAt: row.setAt.getTime(),
    until: row.until?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
  };
}
