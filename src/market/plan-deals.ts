import type { Random } from '../stats/random.ts';
import { highest, luck } from './choose.ts';
import { type ClosingDeal, chooseWinners } from './choose-winners.ts';
import { dealCounts } from './deal-counts.ts';
import { drawEvaluation, type Evaluation, isLongEvaluation, longEvaluations } from './evaluation.ts';
import type { Market } from './market.ts';
import type { PlannedDeal, Story } from './plan.ts';
import { clamp } from './traits.ts';
import { logOdds } from './world.ts';

type Start = Pick<PlannedDeal, 'createdAt' | 'closesAt' | 'evaluation'>;

/** Decides which accepted accounts become deals, and which of these are won, lost, lost twice, or still open. */
export function planDeals(market: Market, stories: Story[]): void {
  const counts = dealCounts(market.size);
  const starts = stories.map((story, account) => startOf(market, story, account));
  const pursuit = starts.map((start, account) => (start ? pursuitOf(market, account, start) : Number.NaN));
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
  const closing = closed.map((account): ClosingDeal => ({ account, ...starts[account]! }));
  const { won, dark } = chooseWinners(market, closing, counts.newWon);

  const bar = Math.min(...closed.map((account) => pursuit[account]!));
  for (const [place, account] of closed.entries()) {
    const outcome = won.has(place) ? 'won' : 'lost';
    const random = market.random(account, 'qualified');
    const chance = outcome === 'won' ? 0.96 : clamp(0.25 + 0.16 * (pursuit[account]! - bar), 0.1, 0.9);
    const qualified = random.next() < chance;
    stories[account]!.deals.push({ ...starts[account]!, outcome, type: 'new', qualified, dark: dark.has(place) });
  }
  for (const account of open) {
    const qualified = market.random(account, 'qualified').next() < 0.55;
    stories[account]!.deals.push({ ...starts[account]!, outcome: 'open', type: 'new', qualified, dark: false });
  }
  loseAgain(market, stories, counts.newLostAgain);
}

/** When an accepted account's deal starts and would close. */
function startOf(market: Market, story: Story, account: number): Start | null {
  if (story.acceptedAt === null) return null;
  const random = market.random(account, 'deal');
  const traits = market.traits(account);
  const wait = story.outbound ? 0 : 1.5 + Math.min(55, -12 * Math.log(1 - random.next()));
  const createdAt = story.acceptedAt + wait;
  const evaluation = drawEvaluation(traits, market.random(account, 'evaluation'));
  const usual = usualDays(random, traits.employees);
  const long = market.world.plants.has('losses') && isLongEvaluation(evaluation);
  return { createdAt, closesAt: createdAt + (long ? random.between(...longEvaluations.days) : usual), evaluation };
}

/** Larger companies take longer: some two months at 180 employees, twice that at 8,000. */
function usualDays(random: Random, employees: number): number {
  return clamp(60 * Math.exp(0.45 * random.normal()) * (employees / 180) ** 0.18, 9, 600);
}

function pursuitOf(market: Market, account: number, { createdAt }: Start): number {
  const odds = logOdds(market.world, 'qualified', market.traits(account), createdAt);
  return odds + luck(market.random(account, 'pursue'));
}

/**
 * Some who said no are asked again two to seven months later, and say no again.
 *
 * Not later: second deals that gather towards the end would make the win rate of all deals sink by itself.
 */
function loseAgain(market: Market, stories: Story[], count: number): void {
  const again = (account: number): Pick<PlannedDeal, 'createdAt' | 'closesAt'> => {
    const random = market.random(account, 'second-deal');
    const createdAt = stories[account]!.deals[0]!.closesAt + random.between(60, 210);
    return { createdAt, closesAt: createdAt + usualDays(random, market.traits(account).employees) };
  };
  const turn = stories.map(({ deals: [deal] }, account) => {
    const early = deal?.outcome === 'lost' && again(account).closesAt < market.until - 0.5;
    return early ? market.random(account, 'again').next() : Number.NaN;
  });
  for (const account of highest(turn, count)) {
    const random = market.random(account, 'asked-again');
    const story = stories[account]!;
    const { createdAt, closesAt } = again(account);
    const evaluation = shortEvaluation(market, account);
    const qualified = random.next() < 0.4;
    story.deals.push({ createdAt, closesAt, outcome: 'lost', type: 'new', qualified, evaluation, dark: false });
  }
}

/** How a later deal with the same company is gone about: never as long as the first may be. */
export function shortEvaluation(market: Market, account: number): Evaluation {
  const evaluation = drawEvaluation(market.traits(account), market.random(account, 'evaluation-again'));
  return isLongEvaluation(evaluation) ? { ...evaluation, procurement: 'light' } : evaluation;
}
