import { createRandom, type Random } from '../stats/random.ts';
import type { Day } from './calendar.ts';

/** How a company's deals and customers go on, and what happens to one segment. Days count from the start of the watch. */
export interface DriftReplayOptions {
  seed: number;
  /** Closed deals a year, 2,000 when absent. */
  dealsPerYear?: number;
  customers?: number;
  /** Share of the deals that the first segment has, 0.2 when absent, and what it wins while all is well. */
  segmentShare?: number;
  segmentWinRate?: number;
  /** What the others win, on average. */
  otherWinRate?: number;
  /** Days that are watched, two years when absent; two years of history come before. */
  days?: number;
  /** Since when the segment's deals are won less often, and by how much: `null` never. */
  drift?: { from: Day; fall: number; churnFrom: Day; churnRatio: number } | null;
}

export interface DriftReplay {
  /** Six segments, three tiers, and both ends of five criteria; the first segment is the one that drifts. */
  groups: readonly { id: string; label: string; kind: 'segment' | 'tier' | 'criterion' }[];
  /** In order of their close. `expected`: the chance of winning that a good table gave at the opening. */
  deals: readonly { closedOn: Day; won: boolean; expected: number; groups: readonly number[] }[];
  customers: readonly { startedOn: Day; endedOn: Day | null; groups: readonly number[] }[];
}

const historyDays = 730;
const segmentNames = ['Field sales', 'Scale-ups', 'Agencies', 'Marketplaces', 'Clinics', 'Everybody else'];
const criteria = 5;

/**
 * Two years of history and a watch of closed deals and customers, as one table each, without accounts behind them.
 *
 * A deal belongs to one of six segments, one of three tiers and, for each of five criteria, to its best bin, its worst or
 * neither. Deals are won as often as foretold, until the drift. Customers leave at the rate of their tenure, most in the
 * second year.
 */
export function driftReplay(options: DriftReplayOptions): DriftReplay {
  const random = createRandom(options.seed).fork('drift-replay');
  const { days = 730, segmentShare = 0.2, drift = null } = options;
  const groups: DriftReplay['groups'][number][] = [
    ...segmentNames.map((label, nth) => ({ id: `segment-${nth}`, label, kind: 'segment' as const })),
    ...[1, 2, 3].map((tier) => ({ id: `tier-${tier}`, label: `Tier ${tier}`, kind: 'tier' as const })),
    ...Array.from({ length: criteria }, (_, nth) => [
      { id: `criterion-${nth}-best`, label: `Trait ${nth + 1} at its best`, kind: 'criterion' as const },
      { id: `criterion-${nth}-worst`, label: `Trait ${nth + 1} at its worst`, kind: 'criterion' as const },
    ]).flat(),
  ];
  const company = (): Company => drawCompany(random, segmentShare, options);

  const deals: DriftReplay['deals'][number][] = [];
  const gap = 365.25 / (options.dealsPerYear ?? 2000);
  for (let closedOn = -historyDays; ; ) {
    closedOn -= gap * Math.log(1 - random.next());
    if (closedOn >= days) break;
    const { expected, groups: own } = company();
    const fallen = drift !== null && closedOn >= drift.from && own[0] === 0;
    const won = random.next() < (fallen ? expected * (1 - drift.fall) : expected);
    deals.push({ closedOn, won, expected, groups: own });
  }

  const customers: DriftReplay['customers'][number][] = [];
  while (customers.length < (options.customers ?? 1100)) {
    const one = company();
    if (random.next() >= one.expected) continue;
    const startedOn = random.between(-2 * historyDays, days);
    customers.push({ startedOn, endedOn: lifeOf(random, startedOn, days, one, drift), groups: one.groups });
  }
  return { groups, deals, customers };
}

interface Company {
  expected: number;
  groups: readonly number[];
}

function drawCompany(random: Random, share: number, options: DriftReplayOptions): Company {
  const segment = random.next() < share ? 0 : random.integer(1, segmentNames.length - 1);
  const { segmentWinRate = 0.45, otherWinRate = 0.22 } = options;
  let logOdds = Math.log(segment === 0 ? segmentWinRate / (1 - segmentWinRate) : otherWinRate / (1 - otherWinRate));
  const bins: number[] = [];
  for (let nth = 0; nth < criteria; nth++) {
    const draw = random.next();
    // A criterion's best bin goes with the first segment for the first of them, as criteria and segments do.
    const edge = nth === 0 && segment === 0 ? 0.6 : 0.2;
    if (draw < edge) bins.push(segmentNames.length + 3 + 2 * nth);
    else if (draw > 0.8) bins.push(segmentNames.length + 4 + 2 * nth);
    logOdds += draw < edge ? 0.3 * (nth / 2) : draw > 0.8 ? -0.3 * (nth / 2) : 0;
  }
  const expected = 1 / (1 + Math.exp(-logOdds));
  const tier = expected > 0.38 ? 0 : expected > 0.18 ? 1 : 2;
  return { expected, groups: [segment, segmentNames.length + tier, ...bins] };
}

/** The day a customer leaves: 13 % do within two years, most of them between the 200th and the 500th day. */
function lifeOf(
  random: Random,
  startedOn: Day,
  until: Day,
  { groups }: Company,
  drift: DriftReplayOptions['drift'],
): Day | null {
  for (let day = startedOn; day < until; day += 7) {
    const tenure = day - startedOn;
    const usual = tenure > 200 && tenure < 500 ? 0.0025 : 0.0004;
    const wave = drift && groups[0] === 0 && day >= drift.churnFrom ? drift.churnRatio : 1;
    if (random.next() < usual * wave) return day + random.between(0, 7) < until ? day + 3.5 : null;
  }
  return null;
}
