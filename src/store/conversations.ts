import { eq, lt } from 'drizzle-orm';
import { slackEvents, threads } from './schema/conversations.ts';
import type { Store } from './store.ts';

const day = 86_400_000;

export async function loadThread(store: Store, key: string): Promise<unknown> {
  const [row] = await store.db.select().from(threads).where(eq(threads.key, key));
  return row?.state ?? null;
}

export async function saveThread(store: Store, key: string, state: unknown, now: number): Promise<void> {
  const values = { key, state, updatedAt: new Date(now) };
  await store.db.insert(threads).values(values).onConflictDoUpdate({ target: threads.key, set: values });
}

/** True for whoever comes first. Slack repeats an event within the hour, so older rows are let go. */
export async function claimSlackEvent(store: Store, id: string, now: number): Promise<boolean> {
  const claimed = await store.db
    .insert(slackEvents)
    .values({ id, claimedAt: new Date(now) })
    .onConflictDoNothing()
    .returning({ id: slackEvents.id });
  if (claimed.length > 0) await store.db.delete(slackEvents).where(lt(slackEvents.claimedAt, new Date(now - day)));
  return claimed.length > 0;
}
