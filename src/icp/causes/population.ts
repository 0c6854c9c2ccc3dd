import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import { createRandom } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import type { CauseOutcome, CausePopulation } from './cause-findings.ts';

/** Days as a customer before it counts either way: hardly anybody buys more within half a year. */
const matureDays = 180;

/** The accounts that an outcome is judged on. */
export interface Population extends CausePopulation {
  outcome: CauseOutcome;
  /** Every one of them: rows of the fit table, and whether the outcome came. */
  all: { row: Int32Array; came: Uint8Array };
  /** Those that are adjusted on: where in `all` each is, and how many it stands for. */
  sample: { at: Int32Array; weight: Float64Array };
  /** Days that each of `all` has been a customer, which is always held equal; `null` where all had the same time. */
  days: Float64Array | null;
}

/**
 * The accounts of an outcome.
 *
 * Expansion: whoever became a customer half a year ago or earlier, customer still or not; it came when they have bought more by
 * now, and the time since is held equal. Winning: touched accounts that are old enough to tell; it came when they were won
 * within a year. What came rarely is read from all accounts where it came and a sample of the others, each of which counts
 * for those it stands for.
 */
export function populationOf(outcome: CauseOutcome, set: UnlearntSet, mostRead: number): Population {
  const found = outcome === 'expansion' ? matureCustomers(set) : touchedAccounts(set);
  const row = Int32Array.from(found, (of) => of.row);
  const came = Uint8Array.from(found, (of) => of.came);
  const n = row.length;
  const successes = came.reduce((sum, did) => sum + did, 0);
  const sample = draw(came, mostRead, createRandom(set.seed).fork(`causes ${outcome} sample`));
  return {
    ...{ outcome, all: { row, came }, sample, accounts: n, read: sample.at.length },
    rate: n === 0 ? null : { v: successes / n, ...wilsonInterval(successes, n), n },
    days: outcome === 'expansion' ? Float64Array.from(found, (of) => of.days) : null,
  };
}

type Found = readonly { row: number; came: 0 | 1; days: number }[];

function matureCustomers({ training, accounts }: UnlearntSet): Found {
  if (training.unit === 'deals' || training.timeKind === 'order') return [];
  const place = new Map(training.fit.table.accountIds.map((id, row) => [id, row]));
  const found: Found[number][] = [];
  let isRecorded = false;
  for (const { id, customerSince, reachedAt } of accounts) {
    const row = place.get(id);
    if (reachedAt.expanded !== null) isRecorded = true;
    if (row === undefined || customerSince === null) continue;
    const days = (training.asOf - customerSince) / dayMs;
    if (days >= matureDays) found.push({ row, came: reachedAt.expanded === null ? 0 : 1, days });
  }
  return isRecorded ? found : [];
}

function touchedAccounts({ training }: UnlearntSet): Found {
  return training.fit.reached.won.flatMap((won, row): Found => (won === null ? [] : [{ row, came: won, days: 0 }]));
}

function draw(came: Uint8Array, most: number, random: ReturnType<typeof createRandom>): Population['sample'] {
  const ones: number[] = [];
  const zeros: number[] = [];
  came.forEach((did, at) => {
    (did === 1 ? ones : zeros).push(at);
  });
  if (came.length <= most) {
    return { at: Int32Array.from(came, (_, at) => at), weight: new Float64Array(came.length).fill(1) };
  }
  const takenOnes = random.shuffle(ones).slice(0, Math.floor(most / 2));
  const takenZeros = random.shuffle(zeros).slice(0, most - takenOnes.length);
  const at = Int32Array.from([...takenOnes, ...takenZeros].sort((a, b) => a - b));
  const each = [zeros.length / takenZeros.length, ones.length / Math.max(1, takenOnes.length)] as const;
  return { at, weight: Float64Array.from(at, (of) => each[came[of] === 1 ? 1 : 0]) };
}
