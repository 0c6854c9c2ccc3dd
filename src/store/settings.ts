import { asc, desc, eq } from 'drizzle-orm';
import { settings } from './schema/people.ts';
import type { Store } from './store.ts';

export interface SettingEntry {
  key: string;
  value: unknown;
  setAt: number;
  setBy: string;
}

/** The entry in force, or `null` where nobody ever set the key. */
export async function settingOf(store: Store, key: string): Promise<SettingEntry | null> {
  const [row] = await store.db.select().from(settings).where(eq(settings.key, key)).orderBy(desc(settings.id)).limit(1);
  return row === undefined ? null : { ...row, setAt: row.setAt.getTime() };
}

/** Every entry of a key, oldest first: settings are never overwritten. */
export async function settingHistory(store: Store, key: string): Promise<SettingEntry[]> {
  const rows = await store.db.select().from(settings).where(eq(settings.key, key)).orderBy(asc(settings.id));
  return rows.map((row) => ({ ...row, setAt: row.setAt.getTime() }));
}

export async function addSetting(store: Store, entry: SettingEntry): Promise<void> {
  await store.db.insert(settings).values({ ...entry, setAt: new Date(entry.setAt) });
}
