import { dayOf } from '../../icp/features/calendar.ts';
import { claimList, releaseList } from '../../store/churn-alerts.ts';
import type { Store } from '../../store/store.ts';
import type { Notifier } from '../notifier.ts';
import { governanceChannel } from './governance-channel.ts';
import { lapsedCalibrations, pauseInWords } from './publication-paused.ts';

/** Says in the governance channel that publication is paused, once for each calibration that is missed. */
export async function tellLapse(
  { store, notifier }: { store: Store; notifier: Pick<Notifier, 'lapse'> },
  now: number,
): Promise<'nothing missed' | 'told' | 'told before' | 'refused' | 'nowhere'> {
  const lapsed = await lapsedCalibrations(store, now);
  const last = lapsed.reduce((latest, { missedAt }) => Math.max(latest, missedAt ?? 0), 0);
  if (lapsed.length === 0) return 'nothing missed';
  const channel = await governanceChannel(store);
  if (channel === null) return 'nowhere';
  const claim = { book: '', list: 'missed calibration', week: dayOf(last) };
  if (!(await claimList(store, claim, now))) return 'told before';
  if ((await notifier.lapse(pauseInWords(lapsed), channel)) !== null) return 'told';
  await releaseList(store, claim);
  return 'refused';
}
