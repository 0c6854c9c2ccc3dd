import { type Day, daysPerYear } from './calendar.ts';
import { highest, interceptFor, luck, sigmoid, spread } from './choose.ts';
import { dealCounts } from './deal-counts.ts';
import { causeTool } from './effects.ts';
import type { Market } from './market.ts';
import type { PlannedCustomer, PlannedDeal, Story } from './plan.ts';
import { shortEvaluation } from './plan-deals.ts';
import { hasAny } from './segments.ts';
import { driftingSegment } from './shifts.ts';
import { logOdds } from './world.ts';

/** Decides who stays, who leaves when, and who buys more. */
export function planCustomers(market: Market, stories: Story[]): void {
  for (const story of stories) {
    const won = story.deals.find((deal) => deal.outcome === 'won');
    if (won) story.customer = { startedAt: Math.floor(won.closesAt) + 1, endedAt: null, churn: null };
  }
  planChurn(market, stories);
  planLaterDeals(market, stories);
}

function planChurn(market: Market, stories: readonly Story[]): void {
  const { size, until } = market;
  const eligible = (account: number, days: number, value: () => number): number => {
    const customer = stories[account]!.customer;
    return customer && customer.churn === null && customer.startedAt + days < until ? value() : Number.NaN;
  };
  const wave = market.world.plants.has('drift') ? leaveInWave(market, stories) : 0;
  // Whoever would leave after the last day is a customer still: nobody's tenure is squeezed to end in time.
  const tenure = (account: number): number => 200 + 300 * market.random(account, 'tenure').next() ** 1.6;
  const leaving = stories.map((_, account) =>
    eligible(
      account,
      tenure(account) + 2,
      () => logOdds(market.world, 'churned', market.traits(account)) + luck(market.random(account, 'churn')),
    ),
  );
  for (const account of highest(leaving, size.churnedAfterUse - wave)) {
    end(stories[account]!.customer!, 'after use', tenure(account));
  }
  const failing = stories.map((_, account) => eligible(account, 80, () => market.random(account, 'fail').next()));
  for (const account of highest(failing, size.churnedEarly)) {
    end(stories[account]!.customer!, 'early', market.random(account, 'tenure').between(18, 65));
  }
}

const shareInWave = 0.22;
/** A small market has no churn to spare: a wave of that share would leave too little of the detractor's to be learnt from. */
const shareOfFew = 0.05;
const few = 100;
const daysToWave = 91;

/** The drifting segment leaves, a quarter after it began to be won less often; who of it, has little to do with what it is. */
function leaveInWave({ size, until, turns, ...market }: Market, stories: readonly Story[]): number {
  const from = turns.drifts + daysToWave;
  if (from + 7 >= until) return 0;
  const likely = stories.map(({ customer }, account) => {
    const traits = market.traits(account);
    if (customer === null || customer.startedAt + 240 > from || !driftingSegment.member(traits)) return Number.NaN;
    return 0.5 * logOdds(market.world, 'churned', traits) + luck(market.random(account, 'wave'));
  });
  const share = size.churnedAfterUse < few ? shareOfFew : shareInWave;
  const leaving = highest(likely, Math.round(share * size.churnedAfterUse));
  for (const account of leaving) {
    const customer = stories[account]!.customer!;
    const day = market.random(account, 'wave-day').between(from, Math.min(until - 2, from + daysToWave));
    end(customer, 'after use', day - customer.startedAt);
  }
  return leaving.length;
}

function end(customer: PlannedCustomer, churn: 'early' | 'after use', tenure: number): void {
  customer.churn = churn;
  customer.endedAt = customer.startedAt + tenure;
}

function planLaterDeals(market: Market, stories: readonly Story[]): void {
  const { until } = market;
  const counts = dealCounts(market.size);
  const stayed = (account: number, days: number): boolean => {
    const customer = stories[account]!.customer;
    return customer?.churn === null && customer.startedAt + days < until;
  };
  const choose = (count: number, purpose: string, may: (account: number) => boolean): number[] =>
    highest(
      stories.map((_, account) => (may(account) ? market.random(account, purpose).next() : Number.NaN)),
      count,
    );

  const expanded = whoExpands(market, stories, counts.expansionWon);
  for (const account of expanded) {
    const story = stories[account]!;
    add(market, account, story, 'expansion', 'won', story.customer!.startedAt + growsAfter(market, account), 28);
  }
  const grew = new Set(expanded);
  for (const account of choose(counts.expansionLost, 'no-more', (at) => stayed(at, 200) && !grew.has(at))) {
    const { startedAt } = stories[account]!.customer!;
    const share = market.random(account, 'declined').between(0.4, 0.95);
    add(market, account, stories[account]!, 'expansion', 'lost', startedAt + share * (until - startedAt), 40);
  }
  for (const account of choose(
    counts.renewalLost,
    'no-renewal',
    (at) => stories[at]!.customer?.churn === 'after use',
  )) {
    add(market, account, stories[account]!, 'renewal', 'lost', stories[account]!.customer!.endedAt! - 0.2, 45);
  }
  for (const account of choose(counts.laterOpen, 'more', (at) => stayed(at, 90))) {
    const type = market.random(account, 'more').next() < 0.6 ? 'expansion' : 'renewal';
    add(market, account, stories[account]!, type, 'open', until + 25, 50);
  }
  renew(market, stories, counts.renewalWon);
}

/** Days from the start of a customer to its expansion, if it ever buys more. */
function growsAfter(market: Market, account: number): number {
  return market.random(account, 'expansion').between(90, 400);
}

/** Whether a customer has stayed, and long enough to have bought more if it is to. */
export function mayHaveGrown(market: Market, customer: PlannedCustomer, account: number): boolean {
  return customer.churn === null && customer.startedAt + growsAfter(market, account) + 2 < market.until;
}

/**
 * Who buys more: the best of log-odds plus luck, as many with the cause of expansion as the odds promise and as many without, so
 * that its effect is there in every market and is not made or unmade by luck.
 */
function whoExpands(market: Market, stories: readonly Story[], count: number): number[] {
  const odds = stories.map(({ customer }, account) =>
    customer !== null && mayHaveGrown(market, customer, account)
      ? logOdds(market.world, 'expanded', market.traits(account))
      : Number.NaN,
  );
  const among = (is: (account: number) => boolean, most: number): number[] =>
    highest(
      odds.map((value, account) => (is(account) ? value + luck(market.random(account, 'expand')) : Number.NaN)),
      most,
    );
  if (!market.world.plants.has('cause')) return among(() => true, count);
  const has = odds.map((value, account) => !Number.isNaN(value) && hasAny(market.traits(account), [causeTool]));
  const known = odds.filter((value) => !Number.isNaN(value));
  const intercept = interceptFor(known, Math.min(count, known.length));
  const promised = odds.reduce((sum, value, account) => sum + (has[account] ? sigmoid(value + intercept) : 0), 0);
  const withIt = among((account) => has[account]!, Math.round(promised));
  return [...withIt, ...among((account) => !has[account], count - withIt.length)];
}

/** Most renewals are never entered as a deal; these are. */
function renew(market: Market, stories: readonly Story[], count: number): void {
  const years = stories.map(({ customer }) =>
    customer?.churn === null ? Math.floor((market.until - customer.startedAt) / daysPerYear) : 0,
  );
  spread(count, years).forEach((renewals, account) => {
    const { customer } = stories[account]!;
    for (let renewal = 0; renewal < renewals; renewal += 1) {
      const anniversary = customer!.startedAt + daysPerYear * (1 + (renewal % years[account]!));
      add(market, account, stories[account]!, 'renewal', 'won', anniversary - 4, 40);
    }
  });
}

function add(
  market: Market,
  account: number,
  story: Story,
  type: PlannedDeal['type'],
  outcome: PlannedDeal['outcome'],
  closesAt: Day,
  length: number,
): void {
  const createdAt = Math.max(story.customer!.startedAt + 1, closesAt - length);
  story.deals.push({
    createdAt,
    closesAt,
    outcome,
    type,
    qualified: outcome !== 'lost',
    evaluation: shortEvaluation(market, account),
    dark: false,
  });
}
