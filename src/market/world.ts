import { detractorMatch, type Effect, effects } from './effects.ts';
import type { Turns } from './quarters.ts';
import { segments } from './segments.ts';
import { type Shift, shiftsAt } from './shifts.ts';
import type { Traits } from './traits.ts';

/** What is planted, each thing by the name that switches it off. */
export const plantedThings = [
  /** What suits a company one by one: its size, its industry, its growth, its tools, its sales team. */
  'effects',
  /** Three kinds of company that buy and expand beyond what their traits say one by one. */
  'segments',
  /** Reporters on Airtable: they look like the best customers, buy readily, and leave after use. */
  'detractor',
  /** Well-known companies: reps love them, customers among them do not expand. */
  'darling',
  /** Growth brings both funding and success, so funding goes along with success and causes none of it. */
  'confounder',
  /** A warehouse (Snowflake) causes expansion, and nothing else brings a company to have one but its size. */
  'cause',
  /** Young AI-native companies turn up in the last two quarters, are won, and pay well. */
  'emerging',
  /** Many stakeholders, a contract with somebody else and formal procurement, all three: it takes half a year and mostly fails. */
  'losses',
  /** From a day on one segment is won less often, and from a quarter later it leaves. */
  'drift',
  /** Use, tickets, champions and moods tell of a customer who is about to leave. */
  'decay',
  /** Use swells before a customer buys more. */
  'growth',
  /** Reps say why they turn a lead down, and the reason follows from the account; of late one kind is turned down whatever its worth. */
  'rejections',
  /** Columns that mean nothing. */
  'noise',
  /** `onboarding_stage`: undated, and filled only once an account has bought. */
  'leak',
  /** Misspellings, duplicates, missing domains, blanks, sources that disagree. */
  'dirt',
  /** Accounts about to buy show more activity. */
  'signals',
] as const;
export type PlantedThing = (typeof plantedThings)[number];

/** What an effect can raise or lower. `accepted` to `expanded` are the levers, `churned` the detractor. */
export type EffectStage = 'accepted' | 'qualified' | 'won' | 'expanded' | 'churned';

/** The truth of a market: what is planted in it, and what each trait does. Plain data and pure functions of traits. */
export interface World {
  plants: ReadonlySet<PlantedThing>;
  effects: readonly Effect[];
  segments: typeof segments;
  shifts: readonly Shift[];
}

/**
 * The truth of a market, with some things left out.
 *
 * @example createWorld({ without: ['segments'] }).segments.length; // => 0
 */
export function createWorld({
  without = [],
  turns,
}: {
  without?: readonly PlantedThing[] | undefined;
  turns?: Turns | undefined;
} = {}): World {
  const plants = new Set(plantedThings.filter((thing) => !without.includes(thing)));
  return {
    plants,
    effects: effects.filter(({ plant }) => plants.has(plant)),
    segments: plants.has('segments') ? segments : [],
    shifts: turns === undefined ? [] : shiftsAt(turns).filter(({ plant }) => plants.has(plant)),
  };
}

/**
 * What a company's traits add to the log-odds of reaching a stage.
 *
 * Only differences between companies mean anything: how many reach the stage is set by the size of the market.
 *
 * @param day when the step is taken; without it nothing has shifted yet
 */
export function logOdds(world: World, stage: EffectStage, traits: Traits, day = Number.NEGATIVE_INFINITY): number {
  let sum = 0;
  for (const { since, adds, member } of world.shifts) {
    const add = adds[stage];
    if (add !== undefined && day >= since && member(traits)) sum += add;
  }
  for (const effect of world.effects) {
    const add = effect.adds[stage];
    if (add !== undefined) sum += add * effect.strength(traits);
  }
  if (stage !== 'churned')
    for (const segment of world.segments) sum += segment.adds[stage] * segment.membership(traits);
  return sum;
}

/** Whether a company is of the planted detractor's kind, for the answer key. */
export function isDetractor(world: World, traits: Traits): boolean {
  return world.plants.has('detractor') && detractorMatch(traits) > 0.5;
}
