import type { AccountFacts } from '../../../src/icp/account-facts.ts';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import type { Usage } from '../../../src/icp/history.ts';
import { monthStarts } from '../../../src/icp/life/life-rows.ts';
import type { DerivedOutcomes } from '../../../src/icp/outcomes.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { aModel } from '../../support/a-model.ts';

export const day = 86_400_000;
export const today = Date.UTC(2026, 9, 1);

interface ACustomer {
  id: string;
  startedAt: number;
  endedAt?: number | null;
  expandedAt?: readonly number[];
  usage?: readonly Usage[];
  csOwnerEmail?: string | null;
  renewalOn?: number | null;
}

/** The facts of one customer, as `factsOf` gives them. */
export function aCustomer({
  id,
  startedAt,
  endedAt = null,
  expandedAt = [],
  usage = [],
  csOwnerEmail = 'cs@ours.example',
  renewalOn = null,
}: ACustomer): AccountFacts {
  const outcome = { source: 'test', reason: null, expansion: null };
  const outcomes: DerivedOutcomes['outcomes'] = [
    { kind: 'won' as const, occurredAt: startedAt, ...outcome },
    ...expandedAt.map((at) => ({ kind: 'expanded' as const, occurredAt: at, ...outcome })),
    ...(endedAt === null ? [] : [{ kind: 'churned' as const, occurredAt: endedAt, ...outcome }]),
  ].sort((a, b) => a.occurredAt - b.occurredAt);
  const tenureDays = endedAt === null ? null : Math.floor((endedAt - startedAt) / day);
  return {
    ...{ id, name: `Customer ${id}`, domain: null, ownerEmail: null, touchedAt: startedAt - 60 * day, outcomes },
    reachedAt: { accepted: startedAt, qualified: startedAt, won: startedAt, expanded: expandedAt[0] ?? null },
    customerSince: startedAt,
    isCustomer: endedAt === null,
    churns: endedAt === null ? [] : [{ at: endedAt, reason: 'test', tenureDays, afterUse: true, note: null }],
    leads: [],
    deals: [],
    customers: [
      { startedAt, endedAt, churnReason: endedAt === null ? null : 'test', arr: 1000, renewalOn, csOwnerEmail },
    ],
    usage,
  };
}

/** One value a month of a metric, from the month of a date on. */
export function monthly(metric: string, from: number, values: readonly number[]): Usage[] {
  const date = new Date(from);
  return values.map((value, month) => ({
    metric,
    value,
    periodStart: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + month, 1),
  }));
}

export function aSetOf(accounts: readonly AccountFacts[], seed = 1): AnalysisSet {
  const nothing = { features: [], accountIds: [], columns: [] };
  return {
    accounts,
    seed,
    model: aModel(),
    training: {
      ...{ book: 'main', asOf: today, timeKind: 'dates', historyDays: 1000, suspects: [], reference: nothing },
      fit: {
        table: nothing,
        touchedAt: [],
        reached: { accepted: [], qualified: [], won: [], expanded: [] },
        churned: [],
      },
      timing: { table: nothing, fitRow: [], landmarkAt: [], won: [] },
      counts: { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 },
    },
  };
}

/**
 * Customers over three years, who leave and buy more at times that nothing foretells, their age included: so many days from
 * one to the next as radioactive decay would take. `signs` lets use fall to a half over the four months before somebody leaves,
 * `swells` lets it rise by half before somebody buys more.
 */
export function aBookOfCustomers(options: { n: number; seed: number; signs?: boolean; swells?: boolean }): AnalysisSet {
  const random = createRandom(options.seed).fork('customers');
  const wait = (meanDays: number) => Math.ceil(-meanDays * Math.log(1 - random.next())) * day;
  const accounts = Array.from({ length: options.n }, (_, nth) => {
    const startedAt = today - Math.round(random.between(120, 1100)) * day;
    const leaves = startedAt + 60 * day + wait(1500);
    const endedAt = leaves < today ? leaves : null;
    const until = endedAt ?? today;
    const expandedAt: number[] = [];
    for (let at = startedAt + wait(1200); at < until; at += wait(1200)) expandedAt.push(at);
    const months = monthStarts(startedAt, until).length;
    const level = random.between(20, 200);
    const active = Array.from({ length: Math.max(1, months) }, (_, month) => {
      const at = startedAt + month * 30.44 * day;
      const fading = options.signs === true && endedAt !== null ? Math.max(0, 1 - (endedAt - at) / (120 * day)) : 0;
      const next = expandedAt.find((bought) => bought > at);
      const ahead = next === undefined ? 999 : (next - at) / day;
      const swelling = options.swells === true && ahead < 150 ? 0.5 * (1 - ahead / 150) : 0;
      return Math.round(level * Math.exp(0.08 * random.normal()) * (1 - 0.5 * fading) * (1 + swelling));
    });
    const csOwnerEmail = nth % 2 === 0 ? 'carla@ours.example' : 'sven@ours.example';
    const id = `c${String(nth).padStart(4, '0')}`;
    const usage = monthly('active_users', startedAt, active);
    return aCustomer({ id, startedAt, endedAt, expandedAt, usage, csOwnerEmail });
  });
  return aSetOf(accounts, options.seed);
}
