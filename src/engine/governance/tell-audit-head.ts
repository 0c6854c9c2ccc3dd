import { claimList, releaseList } from '../../store/churn-alerts.ts';
import type { Store } from '../../store/store.ts';
import type { Notifier } from '../notifier.ts';
import { type AuditChecked, verifyAudit } from '../verify/verify-audit.ts';
import { governanceChannel } from './governance-channel.ts';

/**
 * Walks the audit log and tells its head in the governance channel, once a day: whoever has seen a head can show later that
 * the log before it was not cut off or written anew.
 */
export async function tellAuditHead(
  { store, notifier }: { store: Store; notifier: Pick<Notifier, 'auditHead'> },
  now: number,
): Promise<{ checked: AuditChecked; told: 'told' | 'told before' | 'refused' | 'nowhere' }> {
  const checked = await verifyAudit(store);
  const channel = await governanceChannel(store);
  if (channel === null) return { checked, told: 'nowhere' };
  const claim = { book: '', list: 'audit head', week: new Date(now).toISOString().slice(0, 10) };
  if (!(await claimList(store, claim, now))) return { checked, told: 'told before' };
  if ((await notifier.auditHead(checked, channel)) !== null) return { checked, told: 'told' };
  await releaseList(store, claim);
  return { checked, told: 'refused' };
}
