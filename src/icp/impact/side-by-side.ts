/** One account under two scorings, today. */
export interface ScoredTwice {
  id: string;
  name: string;
  /** In points. */
  old: number;
  now: number;
  oldTier: 1 | 2 | 3;
  tier: 1 | 2 | 3;
}

/** A book under two scorings. */
export interface SideBySide {
  accounts: number;
  /** Accounts whose tier differs, by what it was and is. */
  moves: readonly { from: 1 | 2 | 3; to: 1 | 2 | 3; accounts: number }[];
  /** Whose score rises and falls furthest, ten of each at most. */
  up: readonly ScoredTwice[];
  down: readonly ScoredTwice[];
}

const mostNamed = 10;
const tiers = [1, 2, 3] as const;

/**
 * Counts who changes tier from one scoring to the other, and names whose score differs most.
 *
 * @example setSideBySide([{ id: 'a', name: 'A', old: 20, now: 80, oldTier: 3, tier: 1 }]).moves; // => [{ from: 3, to: 1, accounts: 1 }]
 */
export function setSideBySide(accounts: readonly ScoredTwice[]): SideBySide {
  const risen = ({ old, now }: ScoredTwice) => now - old;
  const furthest = (chosen: readonly ScoredTwice[]) =>
    chosen.toSorted((a, b) => Math.abs(risen(b)) - Math.abs(risen(a)) || (a.id < b.id ? -1 : 1)).slice(0, mostNamed);
  const moves = tiers.flatMap((from) =>
    tiers.flatMap((to) => {
      const count = accounts.filter(({ oldTier, tier }) => oldTier === from && tier === to).length;
      return from === to || count === 0 ? [] : [{ from, to, accounts: count }];
    }),
  );
  return {
    ...{ accounts: accounts.length, moves },
    up: furthest(accounts.filter((each) => risen(each) > 0)),
    down: furthest(accounts.filter((each) => risen(each) < 0)),
  };
}
