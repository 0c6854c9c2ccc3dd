import { and, asc, eq, inArray } from 'drizzle-orm';
import { type AlertEvent, type AlertState, alertState, type RaisedAlert } from '../icp/life/alert-state.ts';
import { churnAlertEvents, churnAlerts, toldLists } from './schema/churn-alerts.ts';
import type { Store } from './store.ts';

/** Raises an alert. `null` when the account has one for this episode already, from whichever process. */
export async function claimAlert(store: Store, alert: Omit<RaisedAlert, 'id'>): Promise<AlertState | null> {
  const [row] = await store.db
    .insert(churnAlerts)
    .values({ ...alert, raisedAt: new Date(alert.raisedAt) })
    .onConflictDoNothing()
    .returning({ id: churnAlerts.id });
  return row === undefined ? null : alertState({ ...alert, id: row.id }, []);
}

/** Adds what happened under a key; false when something was kept under that key before, and this is not. */
export async function addAlertEvent(store: Store, alertId: number, key: string, event: AlertEvent): Promise<boolean> {
  const added = await store.db
    .insert(churnAlertEvents)
    .values({
      ...event,
      alertId,
      key,
      at: new Date(event.at),
      until: event.until === null ? null : new Date(event.until),
    })
    .onConflictDoNothing()
    .returning({ id: churnAlertEvents.id });
  return added.length > 0;
}

/** Every alert of a book with what became of it, oldest first. */
export async function alertsOf(store: Store, book: string): Promise<AlertState[]> {
  const alerts = await store.db
    .select()
    .from(churnAlerts)
    .where(eq(churnAlerts.book, book))
    .orderBy(asc(churnAlerts.id));
  return withEvents(store, alerts);
}

export async function alertOf(store: Store, id: number): Promise<AlertState | null> {
  const [state] = await withEvents(store, await store.db.select().from(churnAlerts).where(eq(churnAlerts.id, id)));
  return state ?? null;
}

/** Claims a week's list; false when it was claimed before. */
export async function claimList(
  store: Store,
  list: { book: string; list: string; week: string },
  now: number,
): Promise<boolean> {
  const claimed = await store.db
    .insert(toldLists)
    .values({ ...list, toldAt: new Date(now) })
    .onConflictDoNothing()
    .returning({ week: toldLists.week });
  return claimed.length > 0;
}

/** Gives a claim back, for a list that surely was not told. */
export async function releaseList(store: Store, { book, list, week }: { book: string; list: string; week: string }) {
  await store.db
    .delete(toldLists)
    .where(and(eq(toldLists.book, book), eq(toldLists.list, list), eq(toldLists.week, week)));
}

async function withEvents(store: Store, alerts: (typeof churnAlerts.$inferSelect)[]): Promise<AlertState[]> {
  if (alerts.length === 0) return [];
  const ids = alerts.map(({ id }) => id);
  const rows = await store.db
    .select()
    .from(churnAlertEvents)
    .where(inArray(churnAlertEvents.alertId, ids))
    .orderBy(asc(churnAlertEvents.id));
  const events = new Map<number, AlertEvent[]>();
  for (const { alertId, at, until, ...row } of rows) {
    const event = { ...row, at: at.getTime(), until: until?.getTime() ?? null };
    events.set(alertId, [...(events.get(alertId) ?? []), event]);
  }
  return alerts.map((alert) =>
    alertState({ ...alert, raisedAt: alert.raisedAt.getTime() }, events.get(alert.id) ?? []),
  );
}
