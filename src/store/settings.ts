import { asc, desc, eq, sql } from 'drizzle-orm';
import { addAudit } from './audit.ts';
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

/** The entries in force of all keys that begin like this, by key. */
export async function settingsLike(store: Store, beginning: string): Promise<ReadonlyMap<string, SettingEntry>> {
  const rows = await store.db
    .selectDistinctOn([settings.key])
    .from(settings)
    .where(sql`starts_with(${settings.key}, ${beginning})`)
    .orderBy(asc(settings.key), desc(settings.id));
  return new Map(rows.map((row) => [row.key, { ...row, setAt: row.setAt.getTime() }]));
}

/** Sets a key, as a row of its own, and puts into the audit log who did it. */
export async function addSetting(store: Store, entry: SettingEntry): Promise<void> {
  const { key, value, setAt, setBy } = entry;
  await store.transaction(async (tx) => {
    const before = (await settingOf(tx, key))?.value ?? null;
    await tx.db.insert(settings).values({ ...entry, setAt: new Date(setAt) });
    const subject = `setting ${key}`;
    await addAudit(tx, { at: setAt, actor: setBy, action: 'setting.set', subject, details: { value, before } });
  });
}
