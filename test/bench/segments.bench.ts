/**
 * How often segments, emerging kinds and patterns are found where they are planted, and claimed where nothing is.
 *
 * Usage: node test/bench/segments.bench.ts [SEEDS] [SIZE] [off]
 */
import { findPatterns } from '../../src/icp/patterns/find-patterns.ts';
import { findSegments } from '../../src/icp/segments/find-segments.ts';
import { sizeNames } from '../../src/market/sizes.ts';
import { plantedThings } from '../../src/market/world.ts';
import { analysisSetOf } from '../support/analysis-set.ts';

const [seeds = '5', wantedSize = 'box', off] = process.argv.slice(2);
const size = sizeNames.find((name) => name === wantedSize) ?? 'box';
const tally = new Map<string, number>();
const count = (what: string, by = 1) => tally.set(what, (tally.get(what) ?? 0) + by);
let cpu = 0;
for (let seed = 1; seed <= Number(seeds); seed++) {
  const without = off === 'off' ? plantedThings : [];
  const { market, ...set } = analysisSetOf({ size, seed, usage: false, without });
  const before = process.cpuUsage();
  const segments = findSegments(set);
  const patterns = findPatterns(set);
  const used = process.cpuUsage(before);
  cpu += (used.user + used.system) / 1e6;
  const touched = new Set(set.accounts.map(({ id }) => id));
  const claims = [...segments.segments, ...segments.emerging];
  for (const planted of market.answerKey.segments) {
    const truth = new Set(planted.accounts.filter((id) => touched.has(id)));
    const matched = claims.some(({ members }) => {
      const hit = members.filter((id) => truth.has(id)).length;
      return hit >= members.length / 2 && hit >= truth.size / 2;
    });
    count(`matched ${planted.name}`, matched ? 1 : 0);
  }
  count('any segment', segments.segments.length > 0 ? 1 : 0);
  count('any emerging', segments.emerging.length > 0 ? 1 : 0);
  count('any loss pattern', patterns.losses.length > 0 ? 1 : 0);
  count('any churn pattern', patterns.churn.length > 0 ? 1 : 0);
  count('any anti-pattern', patterns.anti.length > 0 ? 1 : 0);
}
console.log(
  `${seeds} seeds of ${size}${off === 'off' ? ', everything switched off' : ''}, ${(cpu / Number(seeds)).toFixed(1)} s CPU each\n`,
);
console.log('| What | Seeds |\n| --- | --- |');
for (const [what, hits] of tally) console.log(`| ${what} | ${hits} of ${seeds} |`);
