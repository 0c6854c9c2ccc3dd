/** What the scale is solved on: the accounts that points are measured against. */
export interface ScaleInput {
  /** Per feature and reference account its bin, -1 for none. */
  bins: readonly Int16Array[];
  /** Per feature and bin, what it adds to the weighted log-odds, centred. */
  effects: readonly Float64Array[];
  /** Per reference account, the detractor's multiplier in thousandths. */
  multipliers: Int32Array;
  shares: { primary: number; nurture: number };
  cuts: { primary: number; nurture: number };
}

export interface Scale {
  /** Tenths of a point that every account starts from. */
  base: number;
  /** Tenths of a point, per feature and bin. */
  points: Int32Array[];
  /** Tenths of a point for one logit. */
  perLogit: number;
}

/** More tenths for one logit than this would show noise as points. */
const steepest = 20_000;
const mostReference = 20_000;
/** More than any sum. */
const never = 2 ** 31 - 1;
/** Shares that are so near count as met. */
const nearEnough = 0.0005;

/**
 * Chooses the two numbers of the scale (points for a logit, and the base) on the printed scores: as near as whole
 * tenths and ties allow, the wanted shares of the reference accounts lie above the two cuts.
 *
 * For each steepness the base is set so that the lower cut is right; a steeper scale then lifts more accounts over the upper
 * one, which is halved in on. Everything is counted on rounded points and multiplied scores, never on the smooth line.
 */
export function solveScale(input: ScaleInput): Scale {
  const rows = input.multipliers.length;
  const stride = Math.max(1, Math.ceil(rows / mostReference));
  const sample = Uint32Array.from({ length: Math.ceil(rows / stride) }, (_, at) => at * stride);
  const bins = input.bins.map((column) => Int16Array.from(sample, (row) => column[row]!));
  const multipliers = Int32Array.from(sample, (row) => input.multipliers[row]!);
  const leastAbove = (cut: number) => {
    const leastOf = remember((multiplier) => leastSumAbove(cut * 10, multiplier));
    return multipliers.map(leastOf);
  };
  const [nurture, primary] = [leastAbove(input.cuts.nurture), leastAbove(input.cuts.primary)];
  const tryOut = (perLogit: number): { scale: Scale; above: number } => {
    const points = input.effects.map((effects) => Int32Array.from(effects, (effect) => roundAway(effect * perLogit)));
    const sums = new Int32Array(sample.length);
    for (const [f, column] of bins.entries()) {
      const own = points[f]!;
      for (let at = 0; at < column.length; at++) {
        const bin = column[at]!;
        if (bin >= 0) sums[at]! += own[bin]!;
      }
    }
    const shareAbove = (base: number, least: Int32Array): number => {
      let above = 0;
      for (let at = 0; at < sums.length; at++) if (base + sums[at]! >= least[at]!) above++;
      return above / Math.max(sample.length, 1);
    };
    const base = nearestBase((candidate) => shareAbove(candidate, nurture), input.shares.nurture);
    return { scale: { base, points, perLogit }, above: shareAbove(base, primary) };
  };
  let low = 0.1;
  let high = steepest;
  let best = tryOut(Math.sqrt(low * high));
  for (let halving = 0; halving < 24; halving++) {
    const next = tryOut(Math.sqrt(low * high));
    if (isNearer(next.above, best.above, input.shares.primary)) best = next;
    if (next.above > input.shares.primary) high = next.scale.perLogit;
    else low = next.scale.perLogit;
    if (Math.abs(best.above - input.shares.primary) < nearEnough) break;
  }
  return best.scale;
}

/** A score in tenths as it is printed: clamped to 0..100, times the multiplier in thousandths, rounded. */
export function printedTenths(sum: number, multiplier: number): number {
  return Math.round((Math.min(Math.max(sum, 0), 1000) * multiplier) / 1000);
}

/** The least sum whose printed score is above so many tenths: it is then enough to compare sums. */
function leastSumAbove(tenths: number, multiplier: number): number {
  let low = 0;
  let high = 1001;
  while (high > low) {
    const middle = Math.floor((low + high) / 2);
    if (printedTenths(middle, multiplier) > tenths) high = middle;
    else low = middle + 1;
  }
  // Sums above 100 points print as 100 points do.
  return low > 1000 ? never : low;
}

function remember(compute: (of: number) => number): (of: number) => number {
  const known = new Map<number, number>();
  return (of) => {
    const value = known.get(of) ?? compute(of);
    known.set(of, value);
    return value;
  };
}

/** The whole number whose share is nearest to the wanted one; shares rise with the base. */
function nearestBase(shareAt: (base: number) => number, wanted: number): number {
  let low = -20_000;
  let high = 20_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shareAt(middle) > wanted) high = middle;
    else low = middle;
  }
  return Math.abs(shareAt(low) - wanted) <= Math.abs(shareAt(high) - wanted) ? low : high;
}

function isNearer(next: number, best: number, wanted: number): boolean {
  return Math.abs(next - wanted) < Math.abs(best - wanted);
}

/** Rounds half away from zero, so that a table and its mirror image round alike. */
function roundAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) || 0;
}
