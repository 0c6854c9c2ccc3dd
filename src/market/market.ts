import { createRandom, type Random } from '../stats/random.ts';
import type { Day } from './calendar.ts';
import { type Turns, turnsOf } from './quarters.ts';
import type { MarketSize } from './sizes.ts';
import { asStartUp } from './start-ups.ts';
import { drawTraits, type Traits } from './traits.ts';
import { createWorld, type PlantedThing, type World } from './world.ts';

/** What every part of the generator is handed: the truth, the sizes, the last day, and a stream for any purpose. */
export interface Market {
  world: World;
  size: MarketSize;
  /** Nothing is known after this. */
  until: Day;
  /** When it turns. */
  turns: Turns;
  seed: number;
  /** Where in the list of names this market starts. */
  nameOffset: number;
  /** The stream of one account for one purpose; the same every time it is asked for. */
  random(account: number, purpose: string): Random;
  /** What is true of a company when it is first met. */
  traits(account: number): Traits;
}

/** Up to this many companies are held once drawn (some 30 MB); in a larger market each is drawn anew when asked for. */
const heldAtMost = 60_000;

export function openMarket(of: {
  size: MarketSize;
  seed: number;
  until: Day;
  without?: readonly PlantedThing[] | undefined;
  drifts?: Day | undefined;
}): Market {
  const turns = turnsOf(of.until, of.drifts);
  const world = createWorld({ without: of.without, turns });
  const random = (account: number, purpose: string): Random => createRandom(`${of.seed}/${purpose}/${account}`);
  const held: Traits[] = [];
  const draw = (account: number): Traits => {
    const traits = drawTraits(world, random(account, 'company'));
    const chance = random(account, 'start-up');
    return chance.next() * of.size.accounts < of.size.startUps ? asStartUp(traits, chance) : traits;
  };
  return {
    world,
    size: of.size,
    until: of.until,
    turns,
    seed: of.seed,
    nameOffset: createRandom(`${of.seed}/names`).integer(0, 999),
    random,
    traits: (account) => {
      const traits = held[account] ?? draw(account);
      if (of.size.accounts <= heldAtMost) held[account] = traits;
      return traits;
    },
  };
}
