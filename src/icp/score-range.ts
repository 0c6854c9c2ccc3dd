import type { Criterion, IcpModel } from './model.ts';
import { mostPoints, type Scored } from './score-account.ts';

/** From where to where a score may lie, in points. */
export interface ScoreRange {
  low: number;
  high: number;
}

/** Two-sided 95 % of the normal law. */
const z95 = 1.96;
/**
 * How far, in tenths and as a standard deviation, scores move when the table is learnt on accounts drawn anew, by how many were
 * won. Measured on the planted market with every choice of the fit made anew: 187 tenths with 33 won, 150 with 212, 109 with 835.
 */
const moves = { withOne: 285, lessEachLog: 24.5, least: 50 };

/**
 * The range of scores that an account could as well have had: in about 95 of 100 cases the score by a table learnt on other
 * accounts of the same market lies inside, and so does, where values are not known, the score that it would have if they were.
 *
 * Two things are added up. How far a table moves when it is learnt again depends on how many were won; which account it is makes
 * next to no difference, since the fit holds down what few accounts stand behind. And for every value that is not known, how far
 * apart the points of the values are that it may have.
 *
 * It is no range of what will become of the account: a sure score of 60 still loses more often than not. It was measured on one
 * kind of market, and knows nothing of one that moves.
 *
 * @returns `null` where points were set by hand: nobody knows how wrong they are
 */
export function scoreRange(model: Pick<IcpModel, 'kind' | 'levers'>, scored: Scored): ScoreRange | null {
  if (model.kind !== 'learned') return null;
  const { hits, score, multiplier } = scored;
  const learning = Math.max(
    moves.least,
    moves.withOne - moves.lessEachLog * Math.log(Math.max(1, model.levers.won.events)),
  );
  const unknown = hits.reduce(
    (sum, { criterion, value, bin }) => sum + (value === null ? spreadOfValues(criterion, bin?.points ?? 0) : 0),
    0,
  );
  const half = (z95 * Math.sqrt(learning ** 2 + unknown) * multiplier) / 1000;
  const inside = (tenths: number) => Math.round(Math.min(mostPoints, Math.max(0, tenths))) / 10;
  return { low: inside(score - half), high: inside(score + half) };
}

/** How far, squared and on average, the points of the values that are known lie from those of not knowing. */
function spreadOfValues({ bins }: Criterion, points: number): number {
  const told = bins.filter(({ match }) => match.kind !== 'unknown');
  const n = told.reduce((sum, { rate }) => sum + (rate?.n ?? 0), 0);
  if (n === 0) return 0;
  return told.reduce((sum, bin) => sum + ((bin.rate?.n ?? 0) * (bin.points - points) ** 2) / n, 0);
}
