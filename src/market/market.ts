import { createRandom, type Random } from '../stats/random.ts';
import type { Day } from './calendar.ts';
import type { MarketSize } from './sizes.ts';
import { drawTraits, type Traits } from './traits.ts';
import { createWorld, type PlantedThing, type World } from './world.ts';

/** What every part of the generator is handed: the truth, the sizes, the last day, and a stream for any purpose. */
export interface Market {
  world: World;
  size: MarketSize;
  /** Nothing is known after this. */
  until: Day;
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
}): Market {
  const world = createWorld({ without: of.without });
  const random = (account: number, purpose: string): Random => createRandom(`${of.seed}/${purpose}/${account}`);
  const held: Traits[] = [];
  return {
    world,
    size: of.size,
    until: of.until,
    seed: of.seed,
    nameOffset: createRandom(`${of.seed}/names`).integer(0, 999),
    random,
    traits: (account) => {
      const traits = held[account] ?? drawTraits(world, random(account, 'company'));
      if (of.size.accounts <= heldAtMost) held[account] = traits;
      return traits;
    },
  };
}
