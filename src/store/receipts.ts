import { eq } from 'drizzle-orm';
import { receipts } from './schema/conversations.ts';
import type { Store } from './store.ts';

export type StoredReceipt = typeof receipts.$inferSelect;

/** Keeps a receipt. The id is that of the question and all it could see, so asking twice keeps one. */
export async function addReceipt(store: Store, receipt: StoredReceipt): Promise<void> {
  await store.db.insert(receipts).values(receipt).onConflictDoNothing();
}

export async function receiptOf(store: Store, id: string): Promise<StoredReceipt | null> {
  const [row] = await store.db.select().from(receipts).where(eq(receipts.id, id));
  return row ?? null;
}
