import { benjaminiHochberg } from '../../stats/tests/benjamini-hochberg.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { pickFitRows } from '../impact/pick-fit-rows.ts';
import { type CorrelatedOutcome, type Correlation, measureCorrelations } from '../importance/measure-correlations.ts';
import { round, roundP } from '../round.ts';
import type { Instant, Layer } from '../types.ts';

/** Something that may be so, where the idea came from, and what later accounts say of it. */
export interface HypothesisTest {
  /** As a sentence without its full stop: `Uses Snowflake: expands more often`. */
  claim: string;
  key: string;
  label: string;
  layer: Layer;
  outcome: CorrelatedOutcome;
  /** `pattern`: it stood out among earlier accounts. `loved in vain`: reps take it, and it seemed to expand less. */
  from: 'pattern' | 'loved in vain';
  /** Size of it among the accounts that gave the idea, and among the later ones that test it; see `measure`. */
  earlier: { v: number; n: number };
  later: { v: number; low: number; high: number; n: number } | null;
  /** What is measured: the difference of two rates, or the chance beyond one half of having the higher number. */
  measure: 'difference of rates' | 'chance beyond a half';
  status: 'untested' | 'supported' | 'refuted';
  /** One-sided, in the direction of the claim, Benjamini-Hochberg over all that could be tested. `null` untested. */
  q: number | null;
  /** Why it has this status, as a sentence without its full stop. */
  why: string;
}

export interface HypothesisFindings {
  hypotheses: readonly HypothesisTest[];
  /** When the accounts that test each outcome were first touched from; `null` without dates. */
  splits: readonly { outcome: CorrelatedOutcome; from: Instant | null; earlier: number; later: number }[];
}

const asked: readonly CorrelatedOutcome[] = ['won', 'expanded', 'churned'];
const mostEach = 5;
/** Only what stood out at least so much among the earlier accounts is worth a claim. */
const promising = 0.05;
/** A claim is refuted where later accounts rule out half of what the earlier ones showed. */
const half = 0.5;
const verbs: Readonly<Record<CorrelatedOutcome, readonly [string, string]>> = {
  accepted: ['is accepted more often', 'is accepted less often'],
  won: ['is won more often', 'is won less often'],
  expanded: ['expands more often', 'expands less often'],
  churned: ['churns more often after use', 'churns less often after use'],
};

/**
 * Hypotheses that the engine made and tested itself: the idea from the earlier half of the accounts, the test on the
 * later half, which had no part in the idea.
 *
 * A claim is *supported* when later accounts show it clear of chance, *refuted* when they rule out even half of it, and
 * else *untested*, with what is missing. What reps take and yet seemed to expand less is always among the claims.
 */
export function testHypotheses(set: AnalysisSet): HypothesisFindings {
  const halves = asked.map((outcome) => ({ outcome, ...splitFor(set, outcome) }));
  const drafts = halves.flatMap(({ outcome, earlier, later }) => {
    const pairs = measureCorrelations({ training: earlier }, { among: [outcome], most: 400 }).pairs;
    const loved = outcome === 'expanded' ? lovedInVain(earlier, pairs) : [];
    const plain = pairs.filter((pair) => pair.p <= promising && !loved.includes(pair)).slice(0, mostEach);
    if (plain.length + loved.length === 0) return [];
    const judged = measureCorrelations({ training: later }, { among: [outcome], most: 400 }).pairs;
    return [
      ...loved.map((pair) => ['loved in vain', pair] as const),
      ...plain.map((pair) => ['pattern', pair] as const),
    ].map(([from, pair]) => ({ from, pair, test: judged.find((other) => other.label === pair.label) ?? null }));
  });
  const tested = drafts.flatMap(({ pair, test }) => (test === null ? [] : [oneSided(pair, test)]));
  const adjusted = benjaminiHochberg(tested);
  let next = 0;
  const hypotheses = drafts.map(({ from, pair, test }): HypothesisTest => {
    const q = test === null ? null : adjusted[next++]!;
    const { key, label, layer, outcome } = pair;
    const { v } = sizeOf(pair);
    const later = test === null ? null : sizeOf(test);
    const isUp = pair.direction === 'up';
    const rulesOut = later !== null && (isUp ? later.high < half * v : later.low > half * v);
    const status = q !== null && q <= 0.05 ? 'supported' : rulesOut ? 'refuted' : 'untested';
    return {
      claim: `${pair.chance === null ? label : `more of ${label}`}: ${verbs[outcome][isUp ? 0 : 1]}`,
      ...{ key, label, layer, outcome, from, status },
      earlier: { v: round(v, 4), n: pair.n },
      later:
        later === null || test === null
          ? null
          : { v: round(later.v, 4), low: round(later.low, 4), high: round(later.high, 4), n: test.n },
      measure: pair.chance === null ? 'difference of rates' : 'chance beyond a half',
      q: q === null ? null : roundP(q),
      why: reasonOf(status, test),
    };
  });
  const order = ['supported', 'refuted', 'untested'];
  return {
    hypotheses: hypotheses.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.q ?? 2) - (b.q ?? 2)),
    splits: halves.map(({ outcome, from, earlier, later }) => ({
      ...{ outcome, from, earlier: earlier.fit.touchedAt.length, later: later.fit.touchedAt.length },
    })),
  };
}

/** Rows whose outcome is told, the earlier half of them and the later half. */
function splitFor({ training }: AnalysisSet, outcome: CorrelatedOutcome) {
  const { reached, churned, touchedAt } = training.fit;
  const labels = outcome === 'churned' ? churned : reached[outcome];
  const told = [...labels.keys()].filter(
    (row) => labels[row] !== null && (outcome !== 'expanded' || reached.won[row] === 1),
  );
  const cut = Math.floor(told.length / 2);
  const first = told[cut];
  return {
    earlier: pickFitRows(training, told.slice(0, cut)),
    later: pickFitRows(training, told.slice(cut)),
    from: first === undefined || training.timeKind !== 'dates' ? null : touchedAt[first]!,
  };
}

/** What reps take among the same earlier accounts, and that seemed to expand less. */
function lovedInVain(earlier: AnalysisSet['training'], pairs: readonly Correlation[]): Correlation[] {
  const { accepted } = earlier.fit.reached;
  if (!accepted.includes(1) || !accepted.includes(0)) return [];
  const loved = measureCorrelations({ training: earlier }, { among: ['accepted'], most: 400 }).pairs;
  return pairs
    .filter(
      ({ label, direction, p }) =>
        direction === 'down' &&
        p <= 4 * promising &&
        loved.some((pair) => pair.label === label && pair.p <= promising && pair.direction === 'up'),
    )
    .slice(0, mostEach);
}

function sizeOf({ difference, chance }: Correlation): { v: number; low: number; high: number } {
  if (chance !== null) return { v: chance.v - 0.5, low: chance.low - 0.5, high: chance.high - 0.5 };
  return difference ?? { v: 0, low: 0, high: 0 };
}

function oneSided(claimed: Correlation, { p, direction }: Correlation): number {
  return direction === claimed.direction ? p / 2 : 1 - p / 2;
}

function reasonOf(status: HypothesisTest['status'], test: Correlation | null): string {
  if (status === 'supported') return 'later accounts show it too, clear of chance';
  if (status === 'refuted') return 'later accounts rule out even half of what the earlier ones showed';
  return test === null
    ? 'too few later accounts have it, or the outcome, to test it'
    : 'later accounts leave it open: more outcomes would decide it';
}
