import type { AnalysisSet } from '../../src/icp/analysis-set.ts';
import { dayMs } from '../../src/icp/features/calendar.ts';
import { pickTable } from '../../src/icp/fit-learnt.ts';
import { createRandom } from '../../src/stats/random.ts';

/** The same accounts with their traits dealt out anew: nothing that is known beforehand has anything to do with what follows. */
export function shuffleTraits<T extends AnalysisSet>(set: T, seed: number): T {
  const { fit } = set.training;
  const order = createRandom(seed).shuffle([...fit.table.accountIds.keys()]);
  const table = { ...pickTable(fit.table, order), accountIds: fit.table.accountIds };
  return { ...set, seed, training: { ...set.training, fit: { ...fit, table } } };
}

/** The same accounts, and everything that happened to them on a day drawn by lot from the last three years. */
export function shuffleDays<T extends AnalysisSet>(set: T, seed: number): T {
  const random = createRandom(seed);
  const day = () => set.training.asOf - Math.floor(random.between(0, 3 * 365 * dayMs));
  return {
    ...set,
    seed,
    accounts: set.accounts.map((account) => ({
      ...account,
      touchedAt: day(),
      outcomes: account.outcomes.map((outcome) => ({ ...outcome, occurredAt: day() })),
    })),
  };
}
