import { type BinnedRows, binCount } from './binned-rows.ts';

/** What effects cost: half the sum of ridge times square, and of bond times squared step between neighbours. */
export interface BinPenalty {
  cost(effects: Float64Array): number;
  /** Adds the penalty's second derivative times `direction`, times `sign`. */
  addForce(direction: Float64Array, into: Float64Array, sign: 1 | -1): void;
  /**
   * Moves each feature's effects together to where they cost least, and hands back by how much they came down in sum: the
   * intercept rises by that much, and no row notices.
   */
  settle(effects: Float64Array): number;
  /**
   * Solves (second derivative of the penalty, plus `curve` bin by bin) times solution = `wanted`, feature by feature, among
   * the solutions whose mean by `curve` is 0. Neighbours are tied to neighbours only, so it takes one pass there and one back.
   */
  solver(curve: Float64Array): (wanted: Float64Array, solution: Float64Array) => void;
}

/** The penalty of bins: `ridge` and `smooth` are one weight for all, or one a bin (`smooth`: for it and the next). */
export function binPenalty(
  x: Pick<BinnedRows, 'sizes' | 'ordered'>,
  ridge: number | Float64Array,
  smooth: number | Float64Array,
): BinPenalty {
  const size = binCount(x);
  const pull = typeof ridge === 'number' ? new Float64Array(size).fill(ridge) : ridge;
  const bond = new Float64Array(size);
  const ends: number[] = [];
  let first = 0;
  for (const [feature, bins] of x.sizes.entries()) {
    const to = first + x.ordered[feature]! - 1;
    for (let bin = first; bin < to; bin++) bond[bin] = typeof smooth === 'number' ? smooth : smooth[bin]!;
    first += bins;
    ends.push(first);
  }
  /** Takes `by`, times as much as makes the mean by `weights` 0, off each feature; hands back what was taken in sum. */
  const centre = (values: Float64Array, weights: Float64Array, by: Float64Array | null): number => {
    let taken = 0;
    let from = 0;
    for (const to of ends) {
      let sum = 0;
      let all = 0;
      for (let bin = from; bin < to; bin++) {
        sum += weights[bin]! * values[bin]!;
        all += weights[bin]! * (by === null ? 1 : by[bin]!);
      }
      const share = all > 0 ? sum / all : 0;
      for (let bin = from; bin < to; bin++) values[bin]! -= share * (by === null ? 1 : by[bin]!);
      taken += share;
      from = to;
    }
    return taken;
  };
  return {
    cost(effects) {
      let sum = 0;
      for (let bin = 0; bin < size; bin++) {
        sum += pull[bin]! * effects[bin]! ** 2;
        if (bond[bin] !== 0) sum += bond[bin]! * (effects[bin + 1]! - effects[bin]!) ** 2;
      }
      return sum / 2;
    },
    addForce(direction, into, sign) {
      for (let bin = 0; bin < size; bin++) {
        into[bin]! += sign * pull[bin]! * direction[bin]!;
        if (bond[bin] === 0) continue;
        const step = sign * bond[bin]! * (direction[bin + 1]! - direction[bin]!);
        into[bin]! -= step;
        into[bin + 1]! += step;
      }
    },
    settle: (effects) => centre(effects, pull, null),
    solver(curve) {
      const pivot = new Float64Array(size);
      const ahead = new Float64Array(size);
      for (let bin = 0; bin < size; bin++) {
        const before = bin === 0 ? 0 : bond[bin - 1]!;
        pivot[bin] = curve[bin]! + pull[bin]! + bond[bin]! + before + 1e-9;
        if (before !== 0) pivot[bin]! -= before * ahead[bin - 1]!;
        ahead[bin] = bond[bin]! / pivot[bin]!;
      }
      const solve = (wanted: Float64Array, solution: Float64Array): void => {
        for (let bin = 0; bin < size; bin++) {
          const before = bin === 0 ? 0 : bond[bin - 1]! * solution[bin - 1]!;
          solution[bin] = (wanted[bin]! + before) / pivot[bin]!;
        }
        for (let bin = size - 2; bin >= 0; bin--) solution[bin]! += ahead[bin]! * solution[bin + 1]!;
      };
      const drift = new Float64Array(size);
      solve(curve, drift);
      return (wanted, solution) => {
        solve(wanted, solution);
        centre(solution, curve, drift);
      };
    },
  };
}
