import { nonnegativeLeastSquares } from './nonnegative-least-squares.ts';

/** Sums of products of columns, row by row weighted: all that the regression below needs to know of its rows. */
export interface Products {
  /** Sum of the weights. */
  rows: number;
  sums: Float64Array;
  products: Float64Array;
  columns: number;
}

/** Sums up columns and their products. @param weights how often each row counts; absent: once */
export function productsOf(columns: readonly Float64Array[], weights?: ArrayLike<number>): Products {
  const width = columns.length;
  const sums = new Float64Array(width);
  const products = new Float64Array(width * width);
  const rows = columns[0]?.length ?? 0;
  const line = new Float64Array(width);
  let all = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    all += weight;
    for (let i = 0; i < width; i++) line[i] = columns[i]![row]!;
    for (let i = 0; i < width; i++) {
      const own = weight * line[i]!;
      sums[i]! += own;
      for (let j = i; j < width; j++) products[i * width + j]! += own * line[j]!;
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) products[i * width + j] = products[j * width + i]!;
  return { rows: all, sums, products, columns: width };
}

/** What makes worth: how much each part counts, and how much of it a brake takes away. */
export interface ValueWeights {
  /** Shares of the parts, none below zero, 1 in all. */
  shares: number[];
  /** Share of it that a full brake takes away, 0 to 1; `null` where the parts say nothing, or there is no brake. */
  brake: number | null;
}

const mostTurns = 50;

/**
 * Splits worth among parts that forecast it: worth = constant + (sum of share times part) times (1 - brake times match).
 *
 * Given the brake, the shares are least squares with none below zero; given the shares, the brake is minus the ratio of two
 * coefficients, that of the sum times match over that of the sum, held within 0 and 1. One after the other until both stand.
 *
 * @param of products of the columns `[worth, ...parts, ...parts times match]`; without the last ones there is no brake
 * @param usual the brake to start from
 */
export function valueWeights(of: Products, parts: number, usual: number): ValueWeights {
  const hasBrake = of.columns > 1 + parts;
  const centred = (i: number, j: number): number =>
    of.products[i * of.columns + j]! - (of.sums[i]! * of.sums[j]!) / of.rows;
  /** Covariance of two sums of columns. */
  const across = (a: readonly number[], b: readonly number[]): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) sum += a[i]! * b[j]! * centred(1 + i, 1 + j);
    return sum;
  };
  const withWorth = (a: readonly number[]): number => a.reduce((sum, weight, i) => sum + weight * centred(1 + i, 0), 0);
  const width = hasBrake ? 2 * parts : parts;
  const column = (part: number, brake: number): number[] =>
    Array.from({ length: width }, (_, i) => (i === part ? 1 : i === parts + part ? -brake : 0));
  let brake = hasBrake ? usual : 0;
  let shares = new Array<number>(parts).fill(0);
  for (let turn = 0; turn < mostTurns; turn++) {
    const braked = Array.from({ length: parts }, (_, part) => column(part, brake));
    const weights = nonnegativeLeastSquares(
      braked.map((a) => braked.map((b) => across(a, b))),
      braked.map(withWorth),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0)) return { shares: weights.map(() => 0), brake: null };
    shares = weights.map((weight) => weight / total);
    if (!hasBrake) return { shares, brake: null };
    const next = brakeOf(shares);
    if (Math.abs(next - brake) < 1e-6) return { shares, brake: next };
    brake = next;
  }
  return { shares, brake };

  function brakeOf(weights: readonly number[]): number {
    const plain = [...weights, ...weights.map(() => 0)];
    const matched = [...weights.map(() => 0), ...weights];
    const [pp, pm, mm] = [across(plain, plain), across(plain, matched), across(matched, matched)];
    const [py, my] = [withWorth(plain), withWorth(matched)];
    const determinant = pp * mm - pm * pm;
    if (determinant <= 1e-12 * pp * mm) return brake;
    const ofSum = (py * mm - my * pm) / determinant;
    const ofMatched = (my * pp - py * pm) / determinant;
    if (!(ofSum > 0)) return brake;
    return Math.min(1, Math.max(0, -ofMatched / ofSum));
  }
}
