import { dayOf } from '../icp/features/calendar.ts';
import { weekOf } from '../icp/impact/quarters.ts';
import type { ExpansionFindings } from '../icp/life/predict-expansion.ts';
import { claimList, releaseList } from '../store/churn-alerts.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Notifier } from './notifier.ts';
import { churnChannelSetting } from './watch-churn.ts';

export const expansionChannelSetting = 'alerts.expansion.channel';

export type ExpansionsTold = 'told' | 'told before' | 'nothing to tell' | 'no channel' | 'refused' | 'unknown';

/**
 * Tells customer success who may buy more: once a week (from Monday, UTC), however often it is called.
 *
 * Goes to the channel of the setting `alerts.expansion.channel`, or else to that of the churn alerts.
 */
export async function tellExpansions(
  { store, notifier }: { store: Store; notifier: Pick<Notifier, 'expansionList'> },
  { book, asOf, findings }: { book: string; asOf: number; findings: ExpansionFindings },
): Promise<ExpansionsTold> {
  if (findings.ranked.length === 0) return 'nothing to tell';
  const setting = (await settingOf(store, expansionChannelSetting)) ?? (await settingOf(store, churnChannelSetting));
  if (typeof setting?.value !== 'string' || setting.value === '') return 'no channel';
  const claim = { book, list: 'expansions', week: dayOf(weekOf(asOf)) };
  if (!(await claimList(store, claim, asOf))) return 'told before';
  try {
    if ((await notifier.expansionList(findings, setting.value)) !== null) return 'told';
  } catch {
    // The notifier has logged it. It may have arrived, so the week stays claimed.
    return 'unknown';
  }
  await releaseList(store, claim);
  return 'refused';
}
