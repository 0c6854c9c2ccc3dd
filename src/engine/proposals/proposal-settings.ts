import { usualTamBand } from '../../icp/impact/tier-reach.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

export const deadlineSetting = 'proposals.deadlineHours';
export const effectiveDaysSetting = 'proposals.effectiveDays';
export const ownerSetting = 'proposals.owner';
export const twoPeopleSetting = 'proposals.twoPeople';
export const bandSetting = 'tam.band';

const hourMs = 3_600_000;

/** How proposals are dealt with here. */
export interface ProposalSettings {
  deadlineMs: number;
  /** Between the last decision and the day on which it takes effect. */
  effectiveMs: number;
  ownerEmail: string | null;
  /** Whoever changed a line may not approve it. */
  twoPeople: boolean;
  /** What tier 1 may hold of the accounts that are no customers. */
  band: DryRun['band'];
}

const usualBand: DryRun['band'] = { ...usualTamBand, most: 5_000 };

export async function proposalSettings(store: Store): Promise<ProposalSettings> {
  const read = async (key: string) => (await settingOf(store, key))?.value;
  const [deadline, effective, owner, twoPeople] = await Promise.all(
    [deadlineSetting, effectiveDaysSetting, ownerSetting, twoPeopleSetting].map(read),
  );
  return {
    deadlineMs: hourMs * (typeof deadline === 'number' ? deadline : 24),
    effectiveMs: 24 * hourMs * (typeof effective === 'number' ? effective : 0),
    ownerEmail: typeof owner === 'string' ? owner : null,
    twoPeople: twoPeople === true,
    band: await bandIn(store),
  };
}

/** What tier 1 may hold of the accounts that are no customers: as set, or as usual. */
export async function bandIn(store: Store): Promise<DryRun['band']> {
  const band = (await settingOf(store, bandSetting))?.value;
  return isBand(band) ? band : usualBand;
}

/** Whether a setting is a band: shares between 0 and 1 in order, a most number of accounts, and perhaps the share that may be lost at once. */
export function isBand(value: unknown): value is DryRun['band'] {
  if (typeof value !== 'object' || value === null) return false;
  const { low, high, most, shrink } = value as Readonly<Record<string, unknown>>;
  return (
    typeof low === 'number' &&
    typeof high === 'number' &&
    typeof most === 'number' &&
    low >= 0 &&
    low < high &&
    high <= 1 &&
    most > 0 &&
    (shrink === undefined || (typeof shrink === 'number' && shrink > 0 && shrink < 1))
  );
}
