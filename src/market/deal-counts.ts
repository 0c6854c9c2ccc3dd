import type { MarketSize } from './sizes.ts';

/** The deals of a market by type and outcome; they sum to the size's `closed`, `won` and `open`. */
interface DealCounts {
  newWon: number;
  /** Accounts whose first deal was lost. */
  newLostOnce: number;
  /** Of these, how many lost a second one. */
  newLostAgain: number;
  newOpen: number;
  expansionWon: number;
  renewalWon: number;
  expansionLost: number;
  renewalLost: number;
  laterOpen: number;
}

/**
 * Breaks the deals of a market down by type.
 *
 * Every customer won one new deal and every expanded customer one expansion; the other won deals are renewals that
 * somebody entered as a deal.
 */
export function dealCounts(size: MarketSize): DealCounts {
  const lost = size.closed - size.won;
  const laterLost = Math.round(lost * 0.045);
  const renewalLost = Math.min(Math.round(laterLost * 0.4), Math.round(size.churnedAfterUse * 0.5));
  const newLost = lost - laterLost;
  const newLostAgain = Math.round(newLost * 0.08);
  const laterOpen = Math.min(Math.round(size.open * 0.17), Math.round(size.customers * 0.1));
  return {
    newWon: size.customers,
    newLostOnce: newLost - newLostAgain,
    newLostAgain,
    newOpen: size.open - laterOpen,
    expansionWon: size.expanded,
    renewalWon: size.won - size.customers - size.expanded,
    expansionLost: laterLost - renewalLost,
    renewalLost,
    laterOpen,
  };
}
