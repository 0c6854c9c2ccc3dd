import type { Random } from '../stats/random.ts';
import type { Day } from './calendar.ts';
import type { Market } from './market.ts';
import type { Story } from './plan.ts';
import { clamp } from './traits.ts';

/** What a customer's figures of one month are moved by. */
interface Mood {
  /** What use is multiplied by. */
  use: number;
  /** Tickets beside the usual ones. */
  tickets: number;
  /** Points of nps. */
  nps: number;
  /** Added to the share of users who use it for everything. */
  power: number;
}

/** How a customer's life with the product goes, beside habit and chance. */
export interface LifeSigns {
  at(month: Day): Mood;
  /** When the champion takes another job; `null` for one who stays. */
  championLeaves: Day | null;
}

/** Something that begins, and mostly passes. */
interface Episode extends Mood {
  from: Day;
  to: Day;
  /** Full strength is reached after so many days, step by step. */
  rise: number;
}

/**
 * Draws the signs of a customer's life.
 *
 * Before leaving after use there are some, never all: in three cases of eight use hardly fades, and it is the tickets or
 * the champion that tell. Customers who stay have quiet months, angry weeks and champions who leave as well.
 */
export function drawLifeSigns(market: Market, account: number, story: Story): LifeSigns {
  const { plants } = market.world;
  const random = market.random(account, 'signs');
  const { startedAt, endedAt, churn } = story.customer!;
  const last = endedAt ?? market.until;
  const episodes = passing(random, startedAt, last);
  let championLeaves = random.next() < 0.08 ? random.between(startedAt + 60, last) : null;
  if (plants.has('decay') && endedAt !== null && churn === 'after use') {
    const warning = beforeLeaving(random, endedAt);
    episodes.push(warning.episode);
    championLeaves = warning.championLeaves ?? championLeaves;
  }
  const expandedAt = story.deals.find((deal) => deal.type === 'expansion' && deal.outcome === 'won')?.closesAt;
  if (plants.has('growth') && expandedAt !== undefined) episodes.push(beforeExpanding(random, expandedAt));
  return { at: (month) => moodOf(episodes, month), championLeaves };
}

/** What comes and goes in any customer's life and means nothing. */
function passing(random: Random, startedAt: Day, last: Day): Episode[] {
  const episodes: Episode[] = [];
  const begins = (): Day => random.between(startedAt + 60, Math.max(startedAt + 61, last - 20));
  if (random.next() < 0.34) {
    const from = begins();
    const use = 1 - random.between(0.25, 0.5);
    episodes.push({ ...calm, from, to: from + random.between(50, 110), rise: 30, use });
  }
  if (random.next() < 0.14) {
    const from = begins();
    episodes.push({ ...calm, from, to: from + random.between(30, 80), rise: 1, tickets: random.between(2, 5) });
  }
  if (random.next() < 0.12) {
    const from = begins();
    const use = random.between(1.15, 1.35);
    episodes.push({ ...calm, from, to: from + random.between(60, 160), rise: 60, use });
  }
  return episodes;
}

/** The warning begins 60 to 150 days before the end. */
function beforeLeaving(random: Random, endedAt: Day): { episode: Episode; championLeaves: Day | null } {
  const ahead = random.between(60, 150);
  const fades = random.next() < 0.62;
  const use = 1 - (fades ? random.between(0.45, 0.8) : random.between(0, 0.12));
  const complains = random.next() < (fades ? 0.5 : 0.75);
  const deserted = random.next() < (fades ? 0.35 : 0.6) || !(fades || complains);
  return {
    episode: {
      ...{ from: endedAt - ahead, to: endedAt, rise: ahead * random.between(0.4, 0.8), use, power: fades ? -0.12 : 0 },
      tickets: complains ? random.between(3, 7) : 0,
      nps: random.next() < 0.7 ? -random.between(30, 65) : 0,
    },
    championLeaves: deserted ? endedAt - ahead * random.between(0.5, 1) : null,
  };
}

/** Use swells from 60 to 150 days before; one in five buys more without. */
function beforeExpanding(random: Random, expandedAt: Day): Episode {
  const ahead = random.between(60, 150);
  const swells = random.next() < 0.8;
  return {
    ...{ from: expandedAt - ahead, to: expandedAt, rise: ahead * random.between(0.3, 0.7), tickets: 0 },
    use: swells ? random.between(1.3, 1.75) : 1,
    power: swells ? random.between(0.08, 0.22) : 0,
    nps: random.next() < 0.6 ? random.between(10, 30) : 0,
  };
}

const calm: Mood = { use: 1, tickets: 0, nps: 0, power: 0 };

function moodOf(episodes: readonly Episode[], month: Day): Mood {
  const mood = { ...calm };
  for (const { from, to, rise, use, tickets, nps, power } of episodes) {
    if (month > to) continue;
    // A month's figures are those of its middle.
    const strength = clamp((month + 15 - from) / rise, 0, 1);
    mood.use *= 1 + (use - 1) * strength;
    mood.tickets += tickets * strength;
    mood.nps += nps * strength;
    mood.power += power * strength;
  }
  return mood;
}
