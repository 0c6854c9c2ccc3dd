import { aucInterval } from '../../stats/intervals/auc-interval.ts';
import { brierScore } from '../../stats/models/brier.ts';
import { logLoss } from '../../stats/models/log-loss.ts';
import { topLift } from '../../stats/models/top-lift.ts';
import { aucDifference } from '../../stats/tests/auc-difference.ts';
import { holm } from '../../stats/tests/holm.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { Rate } from '../types.ts';

/** One way to score the same accounts. */
export interface Contestant {
  name: string;
  kind: 'champion' | 'past' | 'written';
  version: number | null;
  /** A version that is in force, as it stands. */
  inForce?: true;
  /** Whether it was learnt from some of the accounts that it is judged on. */
  sawTest: boolean;
  order: readonly number[];
  /** `null` where it only orders. */
  probability: readonly number[] | null;
}

export interface Ranked extends Omit<Contestant, 'order' | 'probability'> {
  /** From 1; `null` for one that saw the test. */
  rank: number | null;
  auc: Rate;
  /** Win rate of its best tenth over that of all. */
  lift: Rate;
  logLoss: number | null;
  brier: number | null;
  /** AUC against the champion; the p-value is Holm-adjusted. `null` for the champion and for one that saw the test. */
  againstChampion: {
    v: number;
    low: number;
    high: number;
    p: number;
    verdict: 'better' | 'worse' | 'cannot tell';
  } | null;
}

/**
 * Several ways to score the same accounts, best first, each compared with the champion on the very same rows.
 *
 * The outcome needs both kinds. Of two that cannot be told apart the order means nothing, and the verdict says so.
 */
export function rankContestants(outcome: ArrayLike<number>, contestants: readonly Contestant[]): Ranked[] {
  const n = outcome.length;
  const base = Array.from(outcome).reduce((sum, value) => sum + value, 0) / n;
  const champion = contestants.find(({ kind }) => kind === 'champion');
  const compared = contestants.map((each) =>
    champion === undefined || each === champion || each.sawTest
      ? null
      : aucDifference(outcome, each.order, champion.order),
  );
  const adjusted = holm(compared.flatMap((difference) => (difference === null ? [] : [difference.p])));
  let next = 0;
  const ranked = contestants.map(({ order, probability, ...words }, nth): Ranked => {
    const { v, low, high } = aucInterval(outcome, order);
    const difference = compared[nth] ?? null;
    const p = difference === null ? 1 : adjusted[next++]!;
    const wanted = Math.max(1, Math.round(n / 10));
    const top = topLift(outcome, order);
    const share = roundedRate(Math.round(top * base * wanted), wanted)!;
    return {
      ...words,
      rank: null,
      auc: { v: round(v, 4), low: round(low, 4), high: round(high, 4), n },
      lift: { v: round(top, 2), low: round(share.low / base, 2), high: round(share.high / base, 2), n: wanted },
      logLoss: probability === null ? null : round(logLoss(outcome, probability), 5),
      brier: probability === null ? null : round(brierScore(outcome, probability), 5),
      againstChampion:
        difference === null
          ? null
          : {
              ...{ v: round(difference.v, 4), low: round(difference.low, 4), high: round(difference.high, 4) },
              p: roundP(p),
              verdict: p > 0.05 ? 'cannot tell' : difference.v > 0 ? 'better' : 'worse',
            },
    };
  });
  const inOrder = ranked.toSorted((a, b) => Number(a.sawTest) - Number(b.sawTest) || b.auc.v - a.auc.v);
  return inOrder.map((each, nth) => ({ ...each, rank: each.sawTest ? null : nth + 1 }));
}
