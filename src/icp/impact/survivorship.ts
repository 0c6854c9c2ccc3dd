import type { AnalysisSet } from '../analysis-set.ts';
import { roundedRate } from '../rates.ts';
import type { Rate } from '../types.ts';

/** Who stands in the denominators, and what looking at the winners alone would have made of it. */
export interface Survivorship {
  touched: number;
  won: number;
  lost: number;
  /** Touched, and neither won nor lost so far. */
  undecided: number;
  /** What nearly all winners have, and all others as well: a rule that winners alone would suggest. `null` where there is none. */
  trap: { label: string; amongWon: Rate; amongOthers: Rate } | null;
}

const nearlyAll = 0.5;
/** Shares that lie closer than this are the same to anybody who has to act on them. */
const alike = 0.04;
const fewest = 30;

/** Counts winners, losers and the undecided, and finds the trait that would fool somebody who only looked at winners. */
export function survivorshipOf({ training, accounts }: AnalysisSet): Survivorship {
  const won = accounts.filter(({ reachedAt }) => reachedAt.won !== null).length;
  const lost = accounts.filter(
    ({ reachedAt, outcomes }) => reachedAt.won === null && outcomes.some(({ kind }) => kind === 'lost'),
  ).length;
  const { table, reached } = training.fit;
  const traps = table.features.flatMap((feature, nth) => {
    if (feature.type !== 'flag') return [];
    const column = table.columns[nth] ?? [];
    const share = (label: 0 | 1): Rate | null => {
      const known = column.filter((value, row) => value !== null && reached.won[row] === label);
      return roundedRate(known.filter((value) => value === 'present').length, known.length);
    };
    const [amongWon, amongOthers] = [share(1), share(0)];
    if (amongWon === null || amongOthers === null || amongWon.n < fewest || amongWon.v < nearlyAll) return [];
    return Math.abs(amongWon.v - amongOthers.v) > alike ? [] : [{ label: feature.label, amongWon, amongOthers }];
  });
  traps.sort((a, b) => b.amongWon.v - a.amongWon.v || (a.label < b.label ? -1 : 1));
  return { touched: accounts.length, won, lost, undecided: accounts.length - won - lost, trap: traps[0] ?? null };
}
