import { createTrainingSetBuilder } from '../../src/icp/build-training-set.ts';
import { createCatalogueBuilder } from '../../src/icp/features/catalogue.ts';
import { findSuspects } from '../../src/icp/find-suspects.ts';
import { learnTable } from '../../src/icp/fit-learn.ts';
import type { Stage } from '../../src/icp/types.ts';
import { withoutFields } from '../../src/icp/without-fields.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { marketHistories } from './market-histories.ts';

/**
 * How each lever of the mid market moves with the planted darling (visits to a company's website), in logits for a unit of
 * the visits' logarithm: the slope through all touched accounts of which it is known.
 */
export function wellKnownTrends(seed: number): Record<Stage, number> {
  const market = generateMarket({ size: 'mid', seed });
  const asOf = Date.parse(market.answerKey.until) + 86_400_000;
  const leaveOut = ['contacts', 'usage', 'signals'] as const;
  const { histories, fields } = marketHistories(market, { now: asOf, leaveOut: [...leaveOut] });
  const catalogueBuilder = createCatalogueBuilder({ fields, asOf });
  for (const history of histories) catalogueBuilder.add(history);
  const rows = createTrainingSetBuilder({
    book: 'main',
    timeKind: 'dates',
    asOf,
    catalogue: catalogueBuilder.finish(),
  });
  for (const history of histories) rows.add(history);
  const all = rows.finish();
  const { table } = learnTable(withoutFields(all, findSuspects(all)), {
    stageValues: { accepted: 22, qualified: 38, won: 58, expanded: 100 },
    ...{ shares: { primary: 0.15, nurture: 0.5 }, cuts: { primary: 70, nurture: 40 }, k: 0.75 },
  });
  const criterion = table.criteria.find(({ field }) => field === market.answerKey.darling?.field);
  const column =
    all.fit.table.columns[all.fit.table.features.findIndex(({ field }) => field === criterion?.field)] ?? [];
  const known = column.filter((value) => typeof value === 'number').map((value) => Math.log(Math.max(value, 1)));
  const values = column.filter((value) => typeof value === 'number');
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const slopeOf = (stage: Stage): number => {
    let [together, squares] = [0, 0];
    for (const [at, value] of values.entries()) {
      const bin = criterion?.bins.find(({ match: m }) => {
        return m.kind === 'range' && (m.from === null || value >= m.from) && (m.to === null || value < m.to);
      });
      together += (known[at]! - mean) * (bin?.levers[stage] ?? 0);
      squares += (known[at]! - mean) ** 2;
    }
    return together / squares;
  };
  return {
    accepted: slopeOf('accepted'),
    qualified: slopeOf('qualified'),
    won: slopeOf('won'),
    expanded: slopeOf('expanded'),
  };
}
