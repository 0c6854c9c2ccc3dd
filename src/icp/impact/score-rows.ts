import { predictTable, type ScoringTable } from '../fit-predict.ts';
import type { IcpModel } from '../model.ts';
import { scoreAccount } from '../score-account.ts';
import type { FeatureTable, Stage } from '../types.ts';
import { stages } from '../types.ts';

export interface ScoredRows {
  score: Float64Array;
  tier: Uint8Array;
  /** Probability of reaching each stage; NaN nowhere, 0.5 where the lever is not estimable. */
  probability: Readonly<Record<Stage, Float64Array>>;
}

/** Printed score, tier and levers of every row of a table: a whole book at once. */
export function scoreRows(model: ScoringTable & Pick<IcpModel, 'cuts'>, rows: FeatureTable): ScoredRows {
  const { score, probability, churn } = predictTable(model, rows);
  const { detractor, cuts } = model;
  const tier = Uint8Array.from(score, (value, row) => {
    if (value < cuts.nurture) return 3;
    if (value <= cuts.primary) return 2;
    if (detractor === null || churn === null) return 1;
    const odds = churn[row]! / (1 - churn[row]!);
    const match = Math.max(0, Math.round((1000 * (odds - detractor.baseOdds)) / (odds + detractor.baseOdds)));
    return match >= Math.round(detractor.flagAt * 1000) ? 2 : 1;
  });
  return { score, tier, probability };
}

/** The same for any model, points by hand with caps and made-up flags included: account by account, so slower. */
export function scoreRowsOf(model: IcpModel, rows: FeatureTable): ScoredRows {
  if (model.layerCaps === null && (model.derived ?? []).length === 0) return scoreRows(model, rows);
  const n = rows.accountIds.length;
  const place = new Map(rows.features.map(({ key }, at) => [key, at]));
  const score = new Float64Array(n);
  const tier = new Uint8Array(n);
  const probability = {
    accepted: new Float64Array(n),
    qualified: new Float64Array(n),
    won: new Float64Array(n),
    expanded: new Float64Array(n),
  };
  for (let row = 0; row < n; row++) {
    const scored = scoreAccount(model, (key) => rows.columns[place.get(key) ?? -1]?.[row] ?? null);
    score[row] = scored.score / 10;
    tier[row] = scored.tier;
    for (const stage of stages) probability[stage][row] = scored.levers[stage] ?? 0.5;
  }
  return { score, tier, probability };
}
