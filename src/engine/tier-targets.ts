import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

export const targetsPrefix = 'targets.';

/** What each tier of a book is to bring in a quarter, in the currency of its deals. */
export type TierTargets = Readonly<Record<1 | 2 | 3, number>>;

/**
 * Reads the setting; `null` for what is none. Zero is no target for that tier.
 *
 * @example targetsIn({ tier1: 900000, tier2: 400000, tier3: 0 })?.[2]; // => 400000
 * @example targetsIn({ tier1: 900000 }); // => null
 */
export function targetsIn(value: unknown): TierTargets | null {
  if (typeof value !== 'object' || value === null) return null;
  const { tier1, tier2, tier3 } = { tier1: null, tier2: null, tier3: null, ...value };
  return isAmount(tier1) && isAmount(tier2) && isAmount(tier3) ? { 1: tier1, 2: tier2, 3: tier3 } : null;
}

/** The targets of a book; `null` where none are set. */
export async function targetsOf(store: Store, book: string): Promise<TierTargets | null> {
  return targetsIn((await settingOf(store, targetsPrefix + book))?.value);
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
