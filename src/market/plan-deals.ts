import type { Random } from '../stats/random.ts';
import type { Day } from './calendar.ts';
import { highest, luck } from './choose.ts';
import { dealCounts } from './deal-counts.ts';
import type { Market } from './market.ts';
import type { PlannedDeal, Story } from './plan.ts';
import { clamp } from './traits.ts';
import { logOdds } from './world.ts';

/** Decides which accepted accounts become deals, and which of these are won, lost, lost twice, or still open. */
export function planDeals(market: Market, stories: Story[]): void {
  const counts = dealCounts(market.size);
  const starts = stories.map((story, account) => startOf(market, story, account));
  const pursuit = stories.map((_, account) => (starts[account] ? pursuitOf(market, account) : Number.NaN));
  const closes = (account: number): boolean =>
    (starts[account]?.closesAt ?? Number.POSITIVE_INFINITY) < market.until - 2;
  const begun = (account: number): boolean => (starts[account]?.createdAt ?? Number.POSITIVE_INFINITY) < market.until;

  const closed = highest(
    pursuit.map((value, account) => (closes(account) ? value : Number.NaN)),
    counts.newWon + counts.newLostOnce,
  );
  const open = highest(
    pursuit.map((value, account) => (begun(account) && !closes(account) ? value : Number.NaN)),
    counts.newOpen,
  );
  const winning = closed.map(
    (account) => logOdds(market.world, 'won', market.traits(account)) + luck(market.random(account, 'win')),
  );
  const won = new Set(highest(winning, counts.newWon).map((place) => closed[place]!));

  const bar = Math.min(...closed.map((account) => pursuit[account]!));
  for (const account of closed) {
    const outcome = won.has(account) ? 'won' : 'lost';
    const random = market.random(account, 'qualified');
    const chance = outcome === 'won' ? 0.96 : clamp(0.25 + 0.16 * (pursuit[account]! - bar), 0.1, 0.9);
    stories[account]!.deals.push({ ...starts[account]!, outcome, type: 'new', qualified: random.next() < chance });
  }
  for (const account of open) {
    const qualified = market.random(account, 'qualified').next() < 0.55;
    stories[account]!.deals.push({ ...starts[account]!, outcome: 'open', type: 'new', qualified });
  }
  loseAgain(market, stories, counts.newLostAgain);
}

/** When an accepted account's deal starts and would close. */
function startOf(market: Market, story: Story, account: number): Pick<PlannedDeal, 'createdAt' | 'closesAt'> | null {
  if (story.acceptedAt === null) return null;
  const random = market.random(account, 'deal');
  const wait = story.outbound ? 0 : 1.5 + Math.min(55, -12 * Math.log(1 - random.next()));
  const createdAt = story.acceptedAt + wait;
  return { createdAt, closesAt: closing(random, createdAt, market.traits(account).employees) };
}

/** Larger companies take longer: some two months at 180 employees, twice that at 8,000. */
function closing(random: Random, createdAt: Day, employees: number): Day {
  return createdAt + clamp(60 * Math.exp(0.45 * random.normal()) * (employees / 180) ** 0.18, 9, 600);
}

function pursuitOf(market: Market, account: number): number {
  return logOdds(market.world, 'qualified', market.traits(account)) + luck(market.random(account, 'pursue'));
}

/** Some who said no are asked again half a year later, and say no again. */
function loseAgain(market: Market, stories: Story[], count: number): void {
  const turn = stories.map(({ deals: [deal] }, account) => {
    const early = deal?.outcome === 'lost' && deal.closesAt + 200 < market.until;
    return early ? market.random(account, 'again').next() : Number.NaN;
  });
  for (const account of highest(turn, count)) {
    const random = market.random(account, 'second-deal');
    const story = stories[account]!;
    const last = story.deals[0]!.closesAt;
    const createdAt = last + random.between(0.25, 0.6) * (market.until - last);
    const closesAt = Math.min(closing(random, createdAt, market.traits(account).employees), market.until - 0.5);
    story.deals.push({ createdAt, closesAt, outcome: 'lost', type: 'new', qualified: random.next() < 0.4 });
  }
}
