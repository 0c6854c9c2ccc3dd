import { logit, sigmoid } from '../../stats/models/logistic.ts';
import { holm } from '../../stats/tests/holm.ts';
import { scoreTest } from '../../stats/tests/score-test.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import { criteriaBins, predictTable, type ScoringTable } from '../fit-predict.ts';
import { roundP } from '../round.ts';
import type { TrainingSet } from '../training-set.ts';
import type { Stage } from '../types.ts';

/** A criterion that counted more in what the last quarter told than the table of before thinks, or the other way round. */
export interface ChangedCriterion {
  key: string;
  label: string;
  stage: Stage;
  now: 'counts more' | 'turned round';
  n: number;
  p: number;
}

const asked: readonly Stage[] = ['accepted', 'qualified', 'won'];
const fewestEvents = 10;

/** Sets what became known since an earlier time against the table of that time, criterion by criterion. */
export function newerAccounts(
  { training }: AnalysisSet,
  { table, earlier }: { table: ScoringTable; earlier: TrainingSet },
): { changed: ChangedCriterion[]; tests: number } {
  const { fit } = training;
  const found = asked.flatMap((stage) => {
    if (!table.levers[stage].estimable) return [];
    const known = earlier.fit.reached[stage];
    const rows = [...fit.touchedAt.keys()].filter(
      (row) => (fit.reached[stage][row] ?? null) !== null && (known[row] ?? null) === null,
    );
    const outcome = rows.map((row) => fit.reached[stage][row] ?? 0);
    const events = outcome.filter((value) => value === 1).length;
    if (events < fewestEvents || rows.length - events < fewestEvents) return [];
    const part = pickTable(fit.table, rows);
    const probability = levelled(outcome, predictTable(table, part).probability[stage]);
    const bins = criteriaBins(table.criteria, part);
    return table.criteria.map(({ key, label, bins: said }, nth) => {
      const effects = Float64Array.from(bins[nth]!, (bin) => (bin < 0 ? 0 : said[bin]!.levers[stage]));
      const more = scoreTest(outcome, probability, effects);
      if (more.z > 0) return { key, label, stage, n: rows.length, ...more };
      // What counts less than the table thinks may only have been learnt too boldly. What counts against it has turned.
      const without = levelled(
        outcome,
        probability.map((p, row) => sigmoid(logit(p) - effects[row]!)),
      );
      const against = scoreTest(outcome, without, effects);
      return { key, label, stage, n: rows.length, z: against.z, p: against.z < 0 ? against.p : 1 };
    });
  });
  const adjusted = holm(found.map(({ p }) => p));
  return {
    tests: found.length,
    changed: found.flatMap(({ key, label, stage, n, z }, nth): ChangedCriterion[] =>
      adjusted[nth]! > 0.05
        ? []
        : [{ key, label, stage, n, now: z > 0 ? 'counts more' : 'turned round', p: roundP(adjusted[nth]!) }],
    ),
  };
}

/** The same odds against each other at the level that came true: a better or worse quarter is no change of criteria. */
function levelled(outcome: readonly number[], probability: Float64Array): Float64Array {
  const wanted = outcome.reduce((sum, value) => sum + value, 0);
  let [low, high] = [-20, 20];
  const moved = (p: number, times: number) => {
    const odds = (p / (1 - p)) * times;
    return odds / (1 + odds);
  };
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    const times = Math.exp(middle);
    let sum = 0;
    for (let row = 0; row < probability.length; row++) sum += moved(probability[row]!, times);
    if (sum < wanted) low = middle;
    else high = middle;
  }
  const times = Math.exp((low + high) / 2);
  return probability.map((p) => moved(p, times));
}
