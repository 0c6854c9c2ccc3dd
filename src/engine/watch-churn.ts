import type { AlertEvent, AlertState } from '../icp/life/alert-state.ts';
import { planAlerts } from '../icp/life/plan-alerts.ts';
import type { ChurnWatchFindings } from '../icp/life/watch-churn.ts';
import { addAlertEvent, alertsOf, claimAlert } from '../store/churn-alerts.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Notifier } from './notifier.ts';

export interface AlertsRaised {
  /** `null` where no channel is set, and so nothing was told. */
  channel: string | null;
  /** Alerts told now: new ones, reminders, and those that Slack had refused before. */
  told: readonly AlertState[];
  /** Refused by Slack: the next run tries again. */
  refused: readonly AlertState[];
  /** Begun once, and nobody knows how it ended: not repeated, for a person to look at. */
  unknown: readonly AlertState[];
  calmed: number;
  /** At risk and not told of now. */
  held: readonly { name: string; why: string }[];
}

export const churnChannelSetting = 'alerts.churn.channel';
export const churnBudgetSetting = 'alerts.churn.perOwner';

/**
 * Tells customer success of customers that have started to look like those who left: once an episode, within the budget.
 *
 * Every alert and every try is a row before anything is posted, so running it again, after a crash or in two processes at
 * once, tells nobody twice. The settings `alerts.churn.channel` and `alerts.churn.perOwner` say where and how many a week.
 */
export async function raiseChurnAlerts(
  ports: { store: Store; notifier: Pick<Notifier, 'churnAlert'> },
  { book, asOf, findings }: { book: string; asOf: number; findings: ChurnWatchFindings },
): Promise<AlertsRaised> {
  const { store } = ports;
  const setting = await settingOf(store, churnChannelSetting);
  const channel = typeof setting?.value === 'string' && setting.value !== '' ? setting.value : null;
  const known = await alertsOf(store, book);
  const plan = planAlerts(await withBudget(store, findings), known, asOf);
  for (const alert of plan.calmed)
    await addAlertEvent(store, alert.id, 'calmed', { ...nothing, kind: 'calmed', at: asOf });
  const held = plan.held.map(({ name, why }) => ({ name, why }));
  const unknown = known.filter(({ delivery }) => delivery === 'unknown');
  const result = { channel, told: [], refused: [], unknown, calmed: plan.calmed.length, held };
  if (channel === null) return result;

  const due: AlertState[] = [...plan.retry];
  for (const { alert, customer } of plan.remind) due.push({ ...alert, customer });
  for (const { customer, episode } of plan.raise) {
    const { horizonDays } = findings;
    const raised = { book, accountId: customer.id, episode, raisedAt: asOf, horizonDays, customer };
    const claimed = await claimAlert(store, raised);
    if (claimed !== null) due.push(claimed);
  }
  const [told, refused, lost]: [AlertState[], AlertState[], AlertState[]] = [[], [], []];
  for (const alert of due) {
    const ended = await tell(ports, alert, channel, asOf);
    if (ended === 'told') told.push(alert);
    else if (ended === 'refused') refused.push(alert);
    else if (ended === 'unknown') lost.push(alert);
  }
  return { ...result, told, refused, unknown: [...unknown, ...lost] };
}

const nothing: Omit<AlertEvent, 'kind' | 'at'> = {
  ...{ by: null, byName: null, until: null, reason: null, channel: null, ts: null },
};

/** One try. Whoever claims its number makes it. */
async function tell(
  { store, notifier }: { store: Store; notifier: Pick<Notifier, 'churnAlert'> },
  alert: AlertState,
  channel: string,
  at: number,
): Promise<'told' | 'refused' | 'unknown' | 'taken'> {
  const attempt = alert.attempts + 1;
  const isOurs = await addAlertEvent(store, alert.id, `posting ${attempt}`, { ...nothing, kind: 'posting', at });
  if (!isOurs) return 'taken';
  let posted: Awaited<ReturnType<Notifier['churnAlert']>>;
  try {
    posted = await notifier.churnAlert(alert, channel);
  } catch {
    // The notifier has logged it. The row says that a try was begun and not how it ended, which is the truth.
    return 'unknown';
  }
  const kind = posted === null ? 'refused' : 'posted';
  await addAlertEvent(store, alert.id, `${kind} ${attempt}`, { ...nothing, ...posted, kind, at });
  return posted === null ? 'refused' : 'told';
}

async function withBudget(store: Store, findings: ChurnWatchFindings): Promise<ChurnWatchFindings> {
  const setting = await settingOf(store, churnBudgetSetting);
  if (typeof setting?.value !== 'number' || !(setting.value >= 0)) return findings;
  return { ...findings, policy: { ...findings.policy, perOwner: setting.value } };
}
