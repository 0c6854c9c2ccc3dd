import { flags } from './schema/people.ts';
import type { Store } from './store.ts';

/** Keeps that somebody found a score wrong, with the score and the model that it was said of. */
export async function addFlag(store: Store, flag: typeof flags.$inferInsert): Promise<void> {
  await store.db.insert(flags).values(flag);
}
