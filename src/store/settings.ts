import { and, asc, desc, eq, lte, or, sql } from 'drizzle-orm';
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

/** What was in force at an instant of all keys that begin like one of these, by key, with how often each had been set by then. */
export async function settingsAt(
  store: Store,
  beginnings: readonly string[],
  at: number,
): Promise<ReadonlyMap<string, SettingEntry & { version: number }>> {
  const rows = await store.db
    .select()
    .from(settings)
    .where(
      and(
        lte(settings.setAt, new Date(at)),
        or(...beginnings.map((beginning) => sql`starts_with(${settings.key}, ${beginning})`)),
      ),
    )
    .orderBy(asc(settings.id));
  const found = new Map<string, SettingEntry & { version: number }>();
  for (const row of rows)
    found.set(row.key, { ...row, setAt: row.setAt.getTime(), version: (found.get(row.key)?.version ?? 0) + 1 });
  return found;
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
