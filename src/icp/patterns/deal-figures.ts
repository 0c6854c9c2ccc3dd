import { dayMs } from '../features/calendar.ts';
import { quantileOf, rateOf } from '../rates.ts';
import type { Instant } from '../types.ts';
import type { DealRow } from './deal-table.ts';
import type { Pattern } from './types.ts';

const silent = /dark|ghost|silent|no (?:response|reply|answer)|unresponsive|went quiet|lost contact/i;
const quoted = /quote|list_?price/i;
/** An open deal that is this many times older than three closed ones in four has gone quiet. */
const longOpen = 1.5;

/** What usually comes of deals: how long they take, how many go quiet, how many are won and at what share of the price quoted. */
export function dealFigures(
  closed: readonly DealRow[],
  open: readonly DealRow[],
  asOf: Instant,
): Pick<Pattern, 'winRate' | 'cycle' | 'goneDark' | 'priceRealised'> {
  const won = closed.filter(({ deal }) => deal.outcome === 'won');
  const cycle = cycleOf(closed);
  const quiet = closed.filter(({ deal }) => deal.outcome === 'lost' && isSilent(deal)).length;
  const saysWhy = closed.some(({ deal }) => deal.lossReason !== null || darkFlag(deal) !== null);
  const stuck =
    cycle === null ? 0 : open.filter(({ openedAt }) => (asOf - openedAt) / dayMs > longOpen * cycle.p75).length;
  const shares = won.flatMap(({ deal }) => {
    const price = Object.entries(deal.more).find(([name]) => quoted.test(name))?.[1];
    const list = typeof price === 'number' ? price : typeof price === 'string' ? Number(price) : Number.NaN;
    return deal.amount !== null && list > 0 ? [deal.amount / list] : [];
  });
  const median = quantileOf(shares, 0.5);
  return {
    winRate: rateOf(won.length, closed.length),
    cycle,
    goneDark: saysWhy ? rateOf(quiet + stuck, closed.length + stuck) : null,
    priceRealised: median === null ? null : { median, n: shares.length },
  };
}

/** Days from opening to closing, in the middle and for the slowest quarter. */
export function cycleOf(closed: readonly DealRow[]): Pattern['cycle'] {
  const days = closed.flatMap(({ openedAt, closedAt }) =>
    closedAt === null || closedAt < openedAt ? [] : [(closedAt - openedAt) / dayMs],
  );
  const median = quantileOf(days, 0.5);
  const p75 = quantileOf(days, 0.75);
  return median === null || p75 === null ? null : { median, p75, n: days.length };
}

function isSilent(deal: DealRow['deal']): boolean {
  return darkFlag(deal) ?? (deal.lossReason !== null && silent.test(deal.lossReason));
}

/** What a column like `went_dark` says, `null` where there is none. */
function darkFlag({ more }: DealRow['deal']): boolean | null {
  const flag = Object.entries(more).find(([name]) => /dark|ghost/i.test(name))?.[1];
  if (flag === undefined || flag === null) return null;
  return flag === true || /^(true|yes|y|1)$/i.test(String(flag));
}
