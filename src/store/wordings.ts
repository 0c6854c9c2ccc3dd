import { and, asc, eq, lte } from 'drizzle-orm';
import type { WordedKind, Wording } from '../icp/wording.ts';
import { wordings } from './schema/findings.ts';
import type { Store } from './store.ts';

export interface StoredWording extends Wording {
  kind: WordedKind;
  subject: string;
  /** The person's address; `null` for the language model. */
  person: string | null;
}

/** Keeps what somebody called a finding. Words are never overwritten: later ones stand beside the earlier. */
export async function addWording(store: Store, entry: StoredWording & { book: string; saidAt: number }): Promise<void> {
  await store.db.insert(wordings).values({ ...entry, saidAt: new Date(entry.saidAt) });
}

/**
 * The words in force for each finding of a book, by kind and subject: a person's, else the language model's, the latest of either.
 *
 * @param upTo only words up to this id, for asking an old question again
 */
export async function wordingsOf(
  store: Store,
  book: string,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<{ last: number; words: ReadonlyMap<string, StoredWording> }> {
  const rows = await store.db
    .select()
    .from(wordings)
    .where(and(eq(wordings.book, book), lte(wordings.id, Math.min(upTo, 2_147_483_647))))
    .orderBy(asc(wordings.id));
  const words = new Map<string, StoredWording>();
  for (const { kind, subject, name, text, person } of rows) {
    const key = wordingKey(kind, subject);
    if (person === null && words.get(key)?.person != null) continue;
    words.set(key, { kind, subject, name, text, person });
  }
  return { last: rows.at(-1)?.id ?? 0, words };
}

/** @example wordingKey('segment', 's_12'); // => 'segment s_12' */
export function wordingKey(kind: WordedKind, subject: string): string {
  return `${kind} ${subject}`;
}
