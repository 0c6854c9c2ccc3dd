import { claimTold, setTold } from '../../store/publications.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { governanceChannel } from '../governance/governance-channel.ts';
import type { Notifier } from '../notifier.ts';
import { publicationReport } from './publication-report.ts';

/** The channel in which publications are reported; that of those who govern unless set. */
export const publishChannelSetting = 'publications.channel';

/** Says what a publication did, or why it waits, once each, where such things are said. */
export async function tellPublication(
  { store, notifier }: { store: Store; notifier: Pick<Notifier, 'publicationReport' | 'publicationPaused'> },
  id: string,
): Promise<'told' | 'told before' | 'refused' | 'nowhere' | 'nothing to tell'> {
  const report = await publicationReport(store, id);
  if (['planned', 'sending', 'stopping'].includes(report.state)) return 'nothing to tell';
  const said = (await settingOf(store, publishChannelSetting))?.value;
  const channel = typeof said === 'string' && said !== '' ? said : await governanceChannel(store);
  if (channel === null) return 'nowhere';
  const isPaused = report.state === 'paused';
  const key = isPaused ? `paused: ${withoutFigures(report.reason ?? '')}` : 'report';
  if (!(await claimTold(store, id, key))) return 'told before';
  const told = isPaused
    ? await notifier.publicationPaused(report, channel)
    : await notifier.publicationReport(report, channel);
  await setTold(store, id, key, told);
  return told === null ? 'refused' : 'told';
}

/** A pause whose reason only counts or times otherwise than before is the same pause. */
function withoutFigures(reason: string): string {
  return reason.replace(/\d+(?:[.,:]\d+)*/g, '#');
}
