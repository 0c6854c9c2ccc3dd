import type { CausalVerdict } from '../model.ts';
import { timeAsCustomer } from './adjusters.ts';
import type { Cause, CauseOutcome, CauseReason, Difference, Refutation, Sensitivity } from './cause-findings.ts';
import { again, comparedOf } from './compare-kinds.ts';
import { type Evidence, type Ground, tryToAdjust } from './look-at-cause.ts';
import { placeboOutcome, refute } from './refute.ts';
import { convincingEValue, sensitivityOf } from './sensitivity.ts';

/** A find is false in at most one case in twenty. */
const falseShare = 0.05;
/** Less of the accounts with a counterpart than this, or fewer plain comparisons, is no overlap. */
const leastKept = 0.4;
const leastEffective = 30;

/** What was looked at further once a difference was clear. */
interface Further {
  earlierOnly: Omit<Difference, 'q'> | null;
  sensitivity: Sensitivity | null;
  refutations: readonly Refutation[];
}

const none: Further = { earlierOnly: null, sensitivity: null, refutations: [] };

/**
 * The verdict on one feature and one outcome.
 *
 * *Likely drives* wants all of: an adjusted difference that is clear after false-discovery control, and clear by
 * plain counting too; clear with chances of treatment as they were learnt and as they are calmed; the same with only earlier
 * fields held equal, since what stands alongside may be a consequence; accounts that resemble each other on either side; a
 * placebo outcome that it does not go with (for expansion: being won), or, where there is none, a ratio of rates of at least 2
 * at the end of its interval; and every check of `refute`. *Only goes along*: the difference as counted is clear, and with the
 * rest held equal at least half of it is gone, and clearly so. All else is *cannot tell*, with its reason. What nobody can
 * change is *structural* whatever the difference.
 */
export function decide(
  evidence: Evidence,
  q: { raw: number; adjusted: number },
  grounds: Readonly<Record<CauseOutcome, Ground>>,
): Cause {
  const { raw, adjusted, z } = evidence;
  const overlap = adjusted?.overlap ?? null;
  const difference: Difference | null = adjusted === null ? null : differenceOf(adjusted, z, q.adjusted);
  const { features } = grounds[evidence.outcome].table;
  const labelOf = (at: number): string => (features[at] ?? timeAsCustomer).label;
  const told = (verdict: CausalVerdict, reason: CauseReason, further: Further = none): Cause => ({
    ...{ outcome: evidence.outcome, verdict, reason },
    contrast: raw === null ? null : { with: raw.contrast.with, without: raw.contrast.without },
    counts: raw?.counts ?? { with: 0, without: 0, unknown: 0 },
    rates: raw?.rates ?? null,
    raw:
      raw === null
        ? null
        : { v: raw.v, low: raw.low, high: raw.high, n: raw.counts.with + raw.counts.without, q: q.raw },
    adjusted: difference,
    overlap:
      overlap === null
        ? null
        : { kept: overlap.kept, low: overlap.low, high: overlap.high, effective: overlap.effective },
    heldEqual: (adjusted?.heldEqual ?? []).map(labelOf),
    ...further,
  });

  if (evidence.isStructural) return told('structural', 'nobody can change it');
  if (raw === null || adjusted === null || difference === null) {
    return told('cannot tell', evidence.problem ?? 'too few');
  }
  if (adjusted.overlap.kept < leastKept || adjusted.overlap.effective < leastEffective) {
    return told('cannot tell', 'no overlap');
  }
  if (q.adjusted <= falseShare && excludes(difference, 0)) {
    const isCounted = q.raw <= falseShare && Math.sign(raw.v) === Math.sign(difference.v);
    if (!isCounted) return told('cannot tell', 'only after adjusting');
    const { reason, further } = tryToRefute(evidence, grounds);
    return told(reason === 'holds up' ? 'likely drives' : 'cannot tell', reason, further);
  }
  if (q.raw > falseShare) return told('cannot tell', 'no clear difference');
  const left = difference.v * Math.sign(raw.v);
  const isGone = left <= Math.abs(raw.v) / 2 && excludes(difference, raw.v) && !excludes(difference, 0);
  return isGone ? told('only goes along', 'explained by the rest') : told('cannot tell', 'interval too wide');
}

function differenceOf(
  { effect, standardError, n }: { effect: number; standardError: number; n: number },
  z: number,
  q: number,
): Difference {
  return { v: effect, low: effect - z * standardError, high: effect + z * standardError, n, q };
}

function excludes({ low, high }: Pick<Difference, 'low' | 'high'>, value: number): boolean {
  return low > value || high < value;
}

/** Puts a clear difference to what could show that it is none, the cheapest first. */
function tryToRefute(
  { outcome, feature, raw, adjusted, compared, allowed, earlier, z }: Evidence,
  grounds: Readonly<Record<CauseOutcome, Ground>>,
): { reason: CauseReason; further: Further } {
  if (raw === null || adjusted === null || compared === null) return { reason: 'too few', further: none };
  const ground = grounds[outcome];
  const { table, population, adjusters } = ground;
  const sensitivity = sensitivityOf(adjusted, compared, table.features, z);
  const before = tryToAdjust(adjusters, earlier, compared);
  if (typeof before === 'string') return { reason: before, further: { ...none, sensitivity } };
  const { q: _, ...earlierOnly } = differenceOf(before, 1.96, 1);
  let further: Further = { earlierOnly, sensitivity, refutations: [] };
  if (!excludes(earlierOnly, 0) || Math.sign(before.effect) !== Math.sign(adjusted.effect)) {
    return { reason: 'depends on the order', further };
  }
  // Calmed chances hold a little less equal. What is clear with them alone may be what they have let through.
  const { effect, standardError } = again(adjusted.table, compared, false);
  const bold = differenceOf({ effect, standardError, n: adjusted.n }, 1.96, 1);
  if (!excludes(bold, 0) || Math.sign(effect) !== Math.sign(adjusted.effect)) {
    return { reason: 'interval too wide', further };
  }
  const random = ground.random.fork(`refute ${table.features[feature]!.key}`);
  const placebo = outcome === 'expansion' ? placeboOf(grounds.winning) : null;
  if (placebo !== null) further = { ...further, refutations: [placebo] };
  const isConvincing = placebo === null ? (sensitivity?.eValueOfLimit ?? 1) >= convincingEValue : placebo.passed;
  if (!isConvincing) return { reason: 'weak against hidden factors', further };
  const { contrast } = raw;
  const checks = refute({ feature, contrast, allowed, compared, adjusted, population, adjusters, table, random });
  further = { ...further, refutations: [...further.refutations, ...checks] };
  return { reason: checks.every(({ passed }) => passed) ? 'holds up' : 'fails a check', further };

  function placeboOf(winning: Ground): Refutation | null {
    const won = comparedOf(winning.population, table, feature, raw!.contrast, random.fork('won'));
    const both = [0, 1].every((side) => won.treated.includes(side));
    const found = both ? tryToAdjust(winning.adjusters, allowed, won) : 'too few';
    return typeof found === 'string' ? null : placeboOutcome({ adjusted: adjusted! }, found);
  }
}
