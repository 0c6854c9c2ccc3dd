import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import { createRandom } from '../../stats/random.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import type { CauseOutcome, CausePopulation } from './cause-findings.ts';

/** Days that a customer has to expand before it counts either way. */
const matureDays = 365;
/** Days within which a touched account is won, as everywhere. */
const winningDays = 365;

/** The accounts that an outcome is judged on. */
export interface Population extends CausePopulation {
  outcome: CauseOutcome;
  /** Every one of them: rows of the fit table, and whether the outcome came. */
  all: { row: Int32Array; came: Uint8Array };
  /** Those that are adjusted on: where in `all` each is, and how many it stands for. */
  sample: { at: Int32Array; weight: Float64Array };
}

/**
 * The accounts of an outcome.
 *
 * Expansion: customers for at least a year, whether they are still or not; it came when they expanded within their first year.
 * Winning: touched accounts that are old enough to tell. What came rarely is read from all accounts where it came and a
 * sample of the others, each of which counts for those it stands for.
 */
export function populationOf(outcome: CauseOutcome, set: AnalysisSet, mostRead: number): Population {
  const found = outcome === 'expansion' ? matureCustomers(set) : touchedAccounts(set);
  const row = Int32Array.from(found, ([of]) => of);
  const came = Uint8Array.from(found, ([, did]) => did);
  const n = row.length;
  const successes = came.reduce((sum, did) => sum + did, 0);
  const sample = draw(came, mostRead, createRandom(set.seed).fork(`causes ${outcome} sample`));
  return {
    ...{ outcome, all: { row, came }, sample, accounts: n, read: sample.at.length },
    rate: n === 0 ? null : { v: successes / n, ...wilsonInterval(successes, n), n },
    horizonDays: outcome === 'expansion' ? matureDays : winningDays,
  };
}

type Found = readonly (readonly [row: number, came: 0 | 1])[];

function matureCustomers({ training, accounts }: AnalysisSet): Found {
  if (training.unit === 'deals' || training.timeKind === 'order') return [];
  const place = new Map(training.fit.table.accountIds.map((id, row) => [id, row]));
  const found: [number, 0 | 1][] = [];
  for (const { id, customerSince, reachedAt } of accounts) {
    const row = place.get(id);
    if (row === undefined || customerSince === null || customerSince > training.asOf - matureDays * dayMs) continue;
    const at = reachedAt.expanded;
    found.push([row, at !== null && at <= customerSince + matureDays * dayMs ? 1 : 0]);
  }
  const isRecorded = accounts.some(({ reachedAt }) => reachedAt.expanded !== null);
  return isRecorded ? found : [];
}

function touchedAccounts({ training }: AnalysisSet): Found {
  return training.fit.reached.won.flatMap((won, row): Found => (won === null ? [] : [[row, won]]));
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
