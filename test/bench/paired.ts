import { bootstrapMean } from '../../src/stats/intervals/bootstrap-mean.ts';
import { logLossEach } from '../../src/stats/models/log-loss.ts';
import { createRandom } from '../../src/stats/random.ts';

export interface Difference {
  v: number;
  low: number;
  high: number;
}

const resamples = 2000;

/** Log loss of the first forecast minus that of the second on the same rows: below zero, the first is better. */
export function logLossDifference(outcome: readonly number[], first: Float64Array, second: Float64Array): Difference {
  const [a, b] = [logLossEach(outcome, first), logLossEach(outcome, second)];
  return bootstrapMean(
    a.map((loss, row) => loss - b[row]!),
    createRandom(1),
    resamples,
  );
}

/** Area under the curve of the first forecast minus that of the second, rows resampled together: above zero, the first is better. */
export function aucDifference(outcome: readonly number[], first: Float64Array, second: Float64Array): Difference {
  const random = createRandom(2);
  const n = outcome.length;
  const [a, b] = [sortedScores(first), sortedScores(second)];
  const drawn = new Float64Array(resamples);
  const times = new Uint32Array(n).fill(1);
  const v = weightedAuc(outcome, a, times) - weightedAuc(outcome, b, times);
  for (let sample = 0; sample < resamples; sample++) {
    times.fill(0);
    for (let draw = 0; draw < n; draw++) times[random.integer(0, n - 1)]! += 1;
    drawn[sample] = weightedAuc(outcome, a, times) - weightedAuc(outcome, b, times);
  }
  drawn.sort();
  return { v, low: drawn[Math.floor(0.025 * resamples)]!, high: drawn[Math.ceil(0.975 * resamples) - 1]! };
}

interface SortedScores {
  order: Uint32Array;
  score: Float64Array;
}

function sortedScores(score: Float64Array): SortedScores {
  return { score, order: Uint32Array.from(score.keys()).sort((a, b) => score[a]! - score[b]!) };
}

function weightedAuc(outcome: readonly number[], { order, score }: SortedScores, times: Uint32Array): number {
  let below = 0;
  let beaten = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let tiedPositives = 0;
    let tiedNegatives = 0;
    let to = from;
    for (; to < order.length && score[order[to]!] === score[order[from]!]; to++) {
      if (outcome[order[to]!] === 1) tiedPositives += times[order[to]!]!;
      else tiedNegatives += times[order[to]!]!;
    }
    beaten += tiedPositives * (below + tiedNegatives / 2);
    positives += tiedPositives;
    below += tiedNegatives;
    from = to;
  }
  return beaten / (positives * below);
}
