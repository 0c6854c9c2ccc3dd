import { IcpError } from '../errors.ts';
import type { AlertDecision, AlertState } from '../icp/life/alert-state.ts';
import type { Role } from '../icp/types.ts';
import { addAudit } from '../store/audit.ts';
import { addAlertEvent, alertOf } from '../store/churn-alerts.ts';
import { listPeople } from '../store/people.ts';
import type { Store } from '../store/store.ts';

const deciders: readonly Role[] = ['cs', 'revops', 'leader', 'admin'];

/**
 * Keeps what somebody decided about an alert, and hands back how it stands now.
 *
 * The person is looked up afresh, whatever the button believed. Deciding the same twice changes nothing; of two people at
 * once one is first, and the other sees whose decision stands. "Not a risk" is final for its episode.
 *
 * @returns `changed` is false when the alert stood like this before
 * @throws {IcpError} `not_allowed` for a role that may not decide, `no_alert` when there is none of that number
 */
export async function decideAlert(
  { store, now }: { store: Store; now: () => number },
  { alertId, email, decision }: { alertId: number; email: string; decision: AlertDecision },
): Promise<{ state: AlertState; changed: boolean }> {
  const person = (await listPeople(store)).find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (person === undefined || !deciders.includes(person.role)) {
    throw new IcpError(
      'not_allowed',
      `deciding on a churn alert needs one of the roles ${deciders.join(', ')}, and ${person?.name ?? email} is ${person?.role ?? 'nobody we know'}; ask the customer success manager of the account`,
    );
  }
  const before = await requireAlert(store, alertId);
  if (before.standing === 'not a risk' || isSame(before, decision)) return { state: before, changed: false };
  const at = now();
  const changed = await store.transaction(async (tx) => {
    const isFirst = await addAlertEvent(tx, alertId, `decision ${before.decisions + 1}`, {
      ...{ kind: decision.kind, at, by: person.email, byName: person.name, channel: null, ts: null },
      until: decision.kind === 'snoozed' ? decision.until : null,
      reason: decision.kind === 'not a risk' ? decision.reason : null,
    });
    const subject = `churn alert ${alertId} of account ${before.accountId} of ${before.book}`;
    if (isFirst)
      await addAudit(tx, { at, actor: person.email, action: 'alert.decided', subject, details: { ...decision } });
    return isFirst;
  });
  return { state: await requireAlert(store, alertId), changed };
}

/** @throws {IcpError} `no_alert` */
export async function requireAlert(store: Store, id: number): Promise<AlertState> {
  const alert = await alertOf(store, id);
  if (alert === null) throw new IcpError('no_alert', `no churn alert has the number ${id}; ask who may leave instead`);
  return alert;
}

/** A second press within a minute of the same button asks for the same day, give or take the seconds between. */
function isSame({ standing, decided }: AlertState, decision: AlertDecision): boolean {
  if (standing !== decision.kind) return false;
  if (decision.kind !== 'snoozed') return true;
  return Math.abs((decided?.until ?? 0) - decision.until) < 60_000;
}
