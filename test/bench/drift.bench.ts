import type { DriftFindings } from '../../src/icp/drift/drift-findings.ts';
import { watchBook } from '../../src/icp/drift/watch-book.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { driftBookOf } from '../support/drift-book.ts';

/*
 * How soon a segment's fallen win rate is noticed, and how often a watch cries wolf: `drift.bench.ts [SEEDS] [drift | calm]`.
 *
 * Q1 fine, from Q2 on one segment is won a third less often, in Q3 its customers leave. The last column of the first table
 * is an informed watch: told beforehand to look at that segment alone, with the whole budget. It bounds what any watch can do.
 */
const seeds = Number(process.argv[2] ?? 200);
const only = process.argv[3];
const quarter = 91;
const drift = { from: quarter, fall: 1 / 3, churnFrom: 2 * quarter, churnRatio: 6 };
const settings = [
  { dealsPerYear: 2000, segmentShare: 0.2, segmentWinRate: 0.45 },
  { dealsPerYear: 2000, segmentShare: 0.25, segmentWinRate: 0.6 },
  { dealsPerYear: 4000, segmentShare: 0.2, segmentWinRate: 0.45 },
  { dealsPerYear: 4000, segmentShare: 0.25, segmentWinRate: 0.6 },
  { dealsPerYear: 6000, segmentShare: 0.2, segmentWinRate: 0.45 },
  { dealsPerYear: 8000, segmentShare: 0.2, segmentWinRate: 0.45 },
];
const day = 86_400_000;

if (only !== 'calm') benchDrift();
if (only !== 'drift') benchCalm();

function benchDrift(): void {
  const columns = ['Deals a year', "Segment's share", 'Won before, %', 'Caught in 13 weeks, %', 'The segment named, %'];
  columns.push('Caught in 26 weeks, %', 'Days to alert', 'Linked to churn in Q3, % of alerts', 'Lead, days');
  columns.push('Alarm in Q1, %', 'Informed watch: in 13 weeks, %');
  console.log(`| ${columns.join(' | ')} |\n|${columns.map(() => '-|').join('')}`);
  for (const setting of settings) {
    const days: number[] = [];
    const leads: number[] = [];
    const tally = { caught: 0, named: 0, later: 0, linked: 0, early: 0, alone: 0 };
    for (let seed = 1; seed <= seeds; seed++) {
      const book = driftBookOf({ seed, ...setting, days: 3 * quarter, drift });
      const findings = watchBook(book);
      const first = alertDay(findings, () => true);
      const named = alertDay(findings, ({ group }) => group.id === 'segment-0');
      tally.early += first <= 0 ? 1 : 0;
      tally.caught += first > 0 && first <= quarter ? 1 : 0;
      tally.named += named > 0 && named <= quarter ? 1 : 0;
      tally.later += first > 0 && first <= 2 * quarter ? 1 : 0;
      if (first > 0 && first < Number.POSITIVE_INFINITY) days.push(first);
      tally.linked += findings.links.length > 0 ? 1 : 0;
      leads.push(...findings.links.map(({ leadDays }) => leadDays));
      const alone = alertDay(watchBook(onlySegment(book)), () => true);
      tally.alone += alone > 0 && alone <= quarter ? 1 : 0;
    }
    const { dealsPerYear, segmentShare, segmentWinRate } = setting;
    const cells = [dealsPerYear, segmentShare, 100 * segmentWinRate, share(tally.caught), share(tally.named)];
    cells.push(share(tally.later), median(days), share(tally.linked, days.length), median(leads));
    cells.push(share(tally.early), share(tally.alone));
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function benchCalm(): void {
  console.log('\n| Deals a year | Two-year watches without drift that gave any alarm, % |\n|-|-|');
  for (const dealsPerYear of [2000]) {
    let alarms = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const { alerts } = watchBook(driftBookOf({ seed: seed + 100_000, dealsPerYear }));
      if (alerts.length > 0) alarms++;
    }
    console.log(`| ${dealsPerYear} | ${share(alarms)} |`);
  }
}

/** Day of the first alert about win rates, from the start of the drift. */
function alertDay(
  { alerts, watch }: DriftFindings,
  which: (alert: DriftFindings['alerts'][number]) => boolean,
): number {
  const own = alerts.filter((alert) => alert.monitor === 'win rate' && which(alert));
  return Math.min(...own.map(({ detectedAt }) => (detectedAt - watch.since) / day)) - drift.from;
}

/** The same book with no monitor of win rates but the drifting segment's. */
function onlySegment(book: ReturnType<typeof driftBookOf>): ReturnType<typeof driftBookOf> {
  const place = book.groups.findIndex(({ id }) => id === 'segment-0');
  const kept = (groups: readonly number[]): number[] => (groups.includes(place) ? [0] : []);
  return {
    ...book,
    groups: [book.groups[place]!],
    deals: book.deals.map((deal) => ({ ...deal, groups: kept(deal.groups) })),
    customers: [],
  };
}

function share(count: number, of = seeds): string {
  if (of === 0) return '-';
  const { low, high } = wilsonInterval(count, of);
  const percent = (rate: number): string => (100 * rate).toFixed(1);
  return `${percent(count / of)} (${percent(low)} to ${percent(high)})`;
}

function median(values: readonly number[]): string {
  return values.length === 0 ? '-' : String(Math.round(values.toSorted((a, b) => a - b)[values.length >> 1]!));
}
