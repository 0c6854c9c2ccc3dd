import type { DriftFindings } from '../../src/icp/drift/drift-findings.ts';
import { watchBook } from '../../src/icp/drift/watch-book.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { driftBookOf } from '../support/drift-book.ts';

/*
 * How soon a segment's fallen win rate is noticed, and how often a watch cries wolf: `drift.bench.ts SEEDS`.
 *
 * Q1 fine, from Q2 on one segment is won a third less often, in Q3 its customers leave. 200 seeds by default.
 */
const seeds = Number(process.argv[2] ?? 200);
const quarter = 91;
const drift = { from: quarter, fall: 1 / 3, churnFrom: 2 * quarter, churnRatio: 6 };
const settings = [
  { dealsPerYear: 2000, segmentShare: 0.2, segmentWinRate: 0.45 },
  { dealsPerYear: 2000, segmentShare: 0.25, segmentWinRate: 0.6 },
  { dealsPerYear: 4000, segmentShare: 0.25, segmentWinRate: 0.45 },
  { dealsPerYear: 8000, segmentShare: 0.2, segmentWinRate: 0.4 },
  { dealsPerYear: 27_000, segmentShare: 0.15, segmentWinRate: 0.25 },
];

const share = (count: number, of = seeds): string => {
  const { low, high } = wilsonInterval(count, of);
  return `${percent(count / of)} (${percent(low)} to ${percent(high)})`;
};
const percent = (rate: number): string => (100 * rate).toFixed(1);
const median = (values: number[]): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? '-' : String(Math.round(sorted[Math.floor(sorted.length / 2)]!));
};
const day = 86_400_000;

/** Day of the first alert about the segment's win rate, from the start of the watch. */
function alertDay({ alerts, watch }: DriftFindings): number {
  const own = alerts.filter(({ monitor, group }) => monitor === 'win rate' && group.id === 'segment-0');
  return Math.min(...own.map(({ detectedAt }) => (detectedAt - watch.since) / day));
}

console.log(`| Deals a year | Segment's share | Won before | Caught in 13 weeks, % | Named right, % | Caught in 26 weeks, % | Days to alert, median | Linked by the end of Q3, % of the caught | Lead, days, median | Q1 alarm, % | ms |
|-|-|-|-|-|-|-|-|-|-|-|`);
for (const setting of settings) {
  const tally = {
    caught: 0,
    named: 0,
    later: 0,
    linked: 0,
    early: 0,
    ms: 0,
    days: [] as number[],
    leads: [] as number[],
  };
  for (let seed = 1; seed <= seeds; seed++) {
    const book = driftBookOf({ seed, ...setting, days: 3 * quarter, drift });
    const started = performance.now();
    const findings = watchBook(book);
    tally.ms += performance.now() - started;
    const first = Math.min(...findings.alerts.map(({ detectedAt }) => (detectedAt - book.since) / day));
    const own = alertDay(findings);
    if (first <= drift.from) tally.early++;
    else if (first <= drift.from + quarter) tally.caught++;
    if (own > drift.from && own <= drift.from + quarter) tally.named++;
    if (own > drift.from && own <= drift.from + 2 * quarter) tally.later++;
    if (own > drift.from && own < Number.POSITIVE_INFINITY) tally.days.push(own - drift.from);
    const links = findings.links.filter(({ group }) => group.id === 'segment-0');
    if (links.length > 0) tally.linked++;
    tally.leads.push(...links.map(({ leadDays }) => leadDays));
  }
  const { dealsPerYear, segmentShare, segmentWinRate } = setting;
  console.log(
    `| ${[dealsPerYear, segmentShare, segmentWinRate, share(tally.caught), share(tally.named), share(tally.later), median(tally.days), share(tally.linked, Math.max(1, tally.days.length)), median(tally.leads), share(tally.early), Math.round(tally.ms / seeds)].join(' | ')} |`,
  );
}

console.log('\n| Deals a year | Two-year watches without drift that gave any alarm, % |\n|-|-|');
for (const dealsPerYear of [2000, 8000]) {
  let alarms = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { alerts } = watchBook(driftBookOf({ seed: seed + 100_000, dealsPerYear }));
    if (alerts.length > 0) alarms++;
  }
  console.log(`| ${dealsPerYear} | ${share(alarms)} |`);
}
