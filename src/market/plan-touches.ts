import type { Random } from '../stats/random.ts';
import { type Day, officeDay } from './calendar.ts';
import { highest, luck, spread } from './choose.ts';
import type { Market } from './market.ts';
import type { PlannedLead, Story } from './plan.ts';
import { isStartUp } from './start-ups.ts';
import { isTurnedDown } from './turned-down.ts';
import { logOdds } from './world.ts';

const historyDays = 1461;
const shareTouched = 0.85;
const shareAccepted = 0.45;
const shareDuplicate = 0.045;
/** Days over which an account's further leads mostly come in. */
const comesAgainFor = 180;

/** Decides who is met when, the leads of each, and which of them sales accepts. */
export function planTouches(market: Market): Story[] {
  const { size, until } = market;
  const originals: number[] = [];
  const turn = new Float64Array(size.accounts);
  for (let account = 0; account < size.accounts; account += 1) {
    const random = market.random(account, 'touch');
    const twice = market.world.plants.has('dirt') && account > 50 && random.next() < shareDuplicate;
    const original = twice ? random.integer(0, account - 1) : account;
    originals.push(originals[original] ?? account);
    turn[account] = twice ? Number.NaN : random.next();
  }
  const distinct = originals.filter((original, account) => original === account).length;
  const touched = new Set(highest(turn, Math.round(distinct * shareTouched)));
  const stories = originals.map((original, account): Story => {
    const random = market.random(account, 'first-touch');
    const early = until - 1 - historyDays * daysBack(random.next());
    const touchedAt = emergesAt(market, account) ?? early;
    return {
      duplicateOf: original === account ? null : original,
      touchedAt: touched.has(account) ? touchedAt : null,
      outbound: touched.has(account) && random.next() < 0.07,
      acceptedAt: null,
      leads: [],
      deals: [],
      customer: null,
    };
  });
  planLeads(market, stories);
  return stories;
}

/**
 * How far back a first touch lies, as a share of the history. The company grew evenly: at the end there are more than twice as many
 * first touches a day as at the beginning, and no more in the last week than that.
 */
function daysBack(draw: number): number {
  return (1.4 - Math.sqrt(1.96 - 1.6 * draw)) / 0.8;
}

/** Nine in ten start-ups are met once the kind has turned up, more of them towards the end; `null` for who is met at any time. */
function emergesAt(market: Market, account: number): Day | null {
  if (!market.world.plants.has('emerging') || !isStartUp(market.traits(account))) return null;
  const random = market.random(account, 'emerge');
  const { emerges } = market.turns;
  return random.next() < 0.9 ? emerges + (market.until - 1 - emerges) * random.next() ** 0.8 : null;
}

function planLeads(market: Market, stories: Story[]): void {
  const inbound = stories.map((story) => story.touchedAt !== null && !story.outbound);
  // Who came late has had less time to come again.
  const eager = stories.map(({ touchedAt }, account) =>
    inbound[account]
      ? -Math.log(1 - market.random(account, 'leads').next()) * Math.min(1, (market.until - touchedAt!) / comesAgainFor)
      : 0,
  );
  const first = inbound.filter(Boolean).length;
  const further = spread(market.size.leads - first, eager);

  const { world } = market;
  const decided: { lead: PlannedLead; liking: number; kind: boolean }[] = [];
  const outbound: { story: Story; liking: number }[] = [];
  stories.forEach((story, account) => {
    if (story.touchedAt === null) return;
    const random = market.random(account, 'lead');
    const traits = market.traits(account);
    const kind = world.plants.has('rejections') && isTurnedDown(traits);
    const taste = 0.6 * luck(random);
    const liking = (day: Day): number => logOdds(world, 'accepted', traits, day) + taste + 0.6 * luck(random);
    // What a rep has found on his own he does not turn down.
    if (story.outbound) outbound.push({ story, liking: liking(kind ? 0 : story.touchedAt) });
    else story.leads = leadsFrom(random, story.touchedAt, 1 + further[account]!, market.until);
    for (const lead of story.leads) {
      if (lead.decidedAt === null) continue;
      const day = officeDay(lead.decidedAt);
      decided.push({ lead, liking: liking(day), kind: kind && day >= market.turns.turnsDown });
    }
  });

  const sorted = decided.map(({ liking }) => liking).sort((left, right) => right - left);
  const bar = sorted[Math.round(sorted.length * shareAccepted)] ?? Number.POSITIVE_INFINITY;
  for (const { lead, liking, kind } of decided) {
    lead.status = liking > bar ? 'accepted' : 'rejected';
    lead.onSight = kind && lead.status === 'rejected';
  }
  for (const story of stories) {
    const accepted = story.leads.filter((lead) => lead.status === 'accepted').map((lead) => lead.decidedAt!);
    if (accepted.length > 0) story.acceptedAt = Math.min(...accepted);
  }
  for (const { story, liking } of outbound) if (liking > bar) story.acceptedAt = story.touchedAt;
}

function leadsFrom(random: Random, from: Day, count: number, until: Day): PlannedLead[] {
  const leads: PlannedLead[] = [];
  const gaps = Array.from({ length: count }, () => -55 * Math.log(1 - random.next()));
  // Where they would not all fit in, they come evenly over the days that are left, and not all at the end.
  const pace = Math.min(1, (until - from) / gaps.reduce((sum, gap) => sum + gap, 1e-9));
  let createdAt = from;
  for (let lead = 0; lead < count; lead += 1) {
    if (lead > 0) createdAt += pace * gaps[lead]!;
    const decidedAt = createdAt + 0.08 + Math.min(26, -4 * Math.log(1 - random.next()));
    const forgotten = random.next() < 0.012;
    const decided = forgotten || decidedAt > until ? null : decidedAt;
    leads.push({ createdAt, status: 'open', decidedAt: decided, onSight: false });
  }
  return leads;
}
