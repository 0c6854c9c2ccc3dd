import { boundingFactor, eValue } from '../../stats/causal/e-value.ts';
import type { Feature } from '../types.ts';
import type { Sensitivity } from './cause-findings.ts';
import type { Adjusted, Compared } from './compare-kinds.ts';

/** Accounts that a yes-or-no column needs on either side before its ratios mean anything, as a share. */
const leastShare = 0.05;

/**
 * How strong a hidden factor would have to be to explain an adjusted difference away, beside the strongest of those recorded.
 *
 * `null` where a rate of 0 leaves no ratio.
 *
 * @param z how many standard errors the interval reaches
 */
export function sensitivityOf(
  adjusted: Adjusted,
  compared: Compared,
  features: readonly Feature[],
  z: number,
): Sensitivity | null {
  const { treated, untreated, logRatioError } = adjusted;
  if (logRatioError === null) return null;
  const ratio = treated / untreated;
  const end = Math.exp(Math.log(ratio) + (ratio >= 1 ? -z : z) * logRatioError);
  const crossed = ratio >= 1 ? end <= 1 : end >= 1;
  return {
    ...{ ratio, eValue: eValue(ratio), eValueOfLimit: crossed ? 1 : eValue(end) },
    strongestRecorded: strongestOf(adjusted, compared, features),
  };
}

/**
 * The E-value that a ratio of rates, or its limit, needs where nothing else speaks against a hidden factor: that of a rate
 * twice the other.
 */
export const convincingEValue: number = eValue(2);

function strongestOf(
  { table, ownerOf }: Adjusted,
  { treated, outcome, weight }: Compared,
  features: readonly Feature[],
): Sensitivity['strongestRecorded'] {
  const sums = Array.from({ length: table.columns }, () => ({ treated: 0, all: 0, came: 0, isFlag: true }));
  let [total, totalTreated, totalCame] = [0, 0, 0];
  for (let row = 0; row < table.rows; row += 1) {
    const counts = weight[row]!;
    total += counts;
    totalTreated += counts * treated[row]!;
    totalCame += counts * outcome[row]!;
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1) {
      const sum = sums[table.column[at]!]!;
      if (table.value[at] !== 1) sum.isFlag = false;
      sum.all += counts;
      sum.treated += counts * treated[row]!;
      sum.came += counts * outcome[row]!;
    }
  }
  let best: { label: string; ratio: number } | null = null;
  sums.forEach((sum, place) => {
    const owner = features[ownerOf[place]!];
    const share = sum.all / total;
    if (owner === undefined || !sum.isFlag || share < leastShare || share > 1 - leastShare) return;
    const commoner = apart(sum.treated / totalTreated, (sum.all - sum.treated) / (total - totalTreated));
    const likelier = apart(sum.came / sum.all, (totalCame - sum.came) / (total - sum.all));
    const ratio = boundingFactor(commoner, likelier);
    if (best === null || ratio > best.ratio) best = { label: owner.label, ratio };
  });
  return best;
}

/** One rate over another, whichever is larger. */
function apart(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  return Math.max(1, large / Math.max(small, 1e-3));
}
