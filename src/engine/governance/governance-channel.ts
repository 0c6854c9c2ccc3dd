import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

export const governanceChannelSetting = 'governance.channel';

/** Where those who govern are told; `null` where nobody has said where. */
export async function governanceChannel(store: Store): Promise<string | null> {
  const value = (await settingOf(store, governanceChannelSetting))?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}
