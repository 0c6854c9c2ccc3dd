import { measureBuyingMix } from '../../src/icp/anomalies/buying-mix.ts';
import { findAnomalies } from '../../src/icp/anomalies/find-anomalies.ts';
import { explainRejections } from '../../src/icp/hypotheses/explain-rejections.ts';
import { testHypotheses } from '../../src/icp/hypotheses/test-hypotheses.ts';
import { checkBias } from '../../src/icp/impact/check-bias.ts';
import { forecastLater } from '../../src/icp/impact/later-forecasts.ts';
import { measureImpact } from '../../src/icp/impact/measure-impact.ts';
import { measureCorrelations } from '../../src/icp/importance/measure-correlations.ts';
import { measureImportance } from '../../src/icp/importance/measure-importance.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { analysisSetOf } from '../support/analysis-set.ts';
import { shuffleDays, shuffleTraits } from '../support/null-world.ts';

/*
 * How often each family claims something where there is nothing: one market, its traits (and days) dealt out anew for
 * every seed. Usage: node test/bench/impact.bench.ts [seeds, 100 when absent] [market's seed, 1 when absent]
 */
const seeds = Number(process.argv[2] ?? 100);
const { market: _, ...set } = analysisSetOf({ size: 'box', seed: Number(process.argv[3] ?? 1), usage: false });
const claims = new Map<string, number>();
const note = (family: string, claimed: boolean) => claims.set(family, (claims.get(family) ?? 0) + Number(claimed));
for (let seed = 1; seed <= seeds; seed++) {
  const nothing = shuffleTraits(set, seed);
  const forecasts = forecastLater(nothing);
  note(
    'importance',
    measureImportance(nothing, forecasts).criteria.some(({ clear }) => clear),
  );
  note(
    'correlations',
    measureCorrelations(nothing).pairs.some(({ clear }) => clear),
  );
  note(
    'hypotheses',
    testHypotheses(nothing).hypotheses.some(({ status }) => status === 'supported'),
  );
  const { expectations } = measureImpact(nothing, { forecasts });
  note(
    'impact across tiers',
    expectations.some(({ across, verdict }) => across === 'tiers' && verdict !== 'cannot tell'),
  );
  const rejections = explainRejections(nothing, forecasts);
  note(
    'rejections',
    rejections.traits.length + rejections.people.length + rejections.reasons.flatMap(({ traits }) => traits).length > 0,
  );
  const bias = checkBias(nothing);
  note('bias by recency', bias.recency === 'biased');
  note('bias by few deals', bias.fewDeals === 'biased');
  note(
    'buying mix',
    measureBuyingMix(nothing).groups.some(({ p }) => p !== null && p <= 0.05),
  );
  note('anomalies', findAnomalies(shuffleDays(set, seed)).anomalies.length > 0);
}
for (const [family, count] of claims) {
  const { low, high } = wilsonInterval(count, seeds);
  process.stdout.write(
    `${family.padEnd(28)} ${count} of ${seeds} (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)} %)\n`,
  );
}
