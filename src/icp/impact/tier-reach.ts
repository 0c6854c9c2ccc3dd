import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import { roundedRate } from '../rates.ts';
import { round } from '../round.ts';
import type { Rate } from '../types.ts';
import { groupBy, quarterOf } from './quarters.ts';
import { scoreRowsOf } from './score-rows.ts';
import type { ToldForecasts } from './told-forecasts.ts';

export interface TamShare {
  tiers: readonly { tier: 1 | 2 | 3; share: Rate }[];
  band: { low: number; high: number };
  /** Of tier 1 against the band. */
  verdict: 'too narrow' | 'in the band' | 'too broad' | 'cannot tell';
}

/** What tier 1 should hold of the accounts that are no customers, where nobody set anything else. */
export const usualTamBand = { low: 0.05, high: 0.3 };

export interface PipelineCoverage {
  /** Where targets come from: settings, or the average quarter of the last four. */
  basis: 'targets' | 'average quarter';
  tiers: readonly { tier: 1 | 2 | 3; open: number; deals: number; target: number | null; coverage: number | null }[];
}

export interface ConversionCoverage {
  wins: number;
  tier1: Rate | null;
  tier1or2: Rate | null;
  /** Share of all forecast accounts in those tiers: what chance would have covered. */
  byChance: { tier1: number; tier1or2: number };
  byQuarter: readonly { quarter: string; tier1: Rate; tier1or2: Rate }[];
}

const tiers = [1, 2, 3] as const;

/** Share of the accounts that are not customers in each tier today, and whether tier 1 is as broad as it should be. */
export function shareOfTam(now: ReadonlyMap<string, number>, band: TamShare['band']): TamShare | null {
  const n = now.size;
  if (n === 0) return null;
  const counted = tiers.map((tier) => ({
    tier,
    share: roundedRate([...now.values()].filter((each) => each === tier).length, n)!,
  }));
  const first = counted[0]!.share;
  const verdict =
    first.high < band.low
      ? 'too narrow'
      : first.low > band.high
        ? 'too broad'
        : isWithin(first, band)
          ? 'in the band'
          : 'cannot tell';
  return { tiers: counted, band, verdict };
}

function isWithin({ v }: Rate, { low, high }: TamShare['band']): boolean {
  return v >= low && v <= high;
}

/** The tier that accounts have today by the table in force: those that are no customers, and those touched. */
export function tiersToday({ model, training }: AnalysisSet): {
  tam: Map<string, number>;
  everyone: Map<string, number>;
} {
  const read = (table: typeof training.reference) => {
    const { tier } = scoreRowsOf(model, table);
    return table.accountIds.map((id, row): [string, number] => [id, tier[row]!]);
  };
  const tam = new Map(read(training.reference));
  return { tam, everyone: new Map([...read(training.fit.table), ...tam]) };
}

/** Open new business of each tier against what the tier is to bring, or brings in an average quarter. */
export function coverPipeline(
  { accounts, training }: AnalysisSet,
  today: ReadonlyMap<string, number>,
  targets: Readonly<Record<1 | 2 | 3, number>> | null,
): PipelineCoverage {
  const since = training.asOf - 365 * dayMs;
  const isDated = training.timeKind === 'dates';
  const rows = tiers.map((tier) => {
    const deals = accounts.filter(({ id }) => today.get(id) === tier).flatMap((each) => each.deals);
    const fresh = deals.filter(({ type }) => type === 'new');
    const open = fresh.filter(({ outcome }) => outcome === 'open');
    const sum = (list: typeof deals) => list.reduce((total, { amount }) => total + (amount ?? 0), 0);
    const won = fresh.filter(({ outcome, closedAt }) => outcome === 'won' && closedAt !== null && closedAt >= since);
    const target = targets?.[tier] ?? (isDated ? sum(won) / 4 : 0);
    return {
      ...{ tier, open: round(sum(open), 0), deals: open.length },
      target: target > 0 ? round(target, 0) : null,
      coverage: target > 0 ? round(sum(open) / target, 2) : null,
    };
  });
  return { basis: targets === null ? 'average quarter' : 'targets', tiers: rows };
}

/** Conversion to won by the source of the first lead and the tier as of the day before; small cells are marked. */
export function conversionBySource(
  accounts: readonly AccountFacts[],
  told: ToldForecasts,
  accountIds: readonly string[],
): { source: string; tiers: { tier: 1 | 2 | 3; rate: Rate | null; few: boolean }[] }[] {
  const sources = new Map(accounts.map((each) => [each.id, firstSource(each)]));
  const rows = [...told.outcome.keys()].map((at) => ({
    at,
    source: sources.get(accountIds[told.rows[at]!]!) ?? 'none',
  }));
  return groupBy(rows, ({ source }) => source)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 12)
    .map(([source, own]) => ({
      source,
      tiers: tiers.map((tier) => {
        const cell = own.filter(({ at }) => told.tier[at] === tier);
        const rate = roundedRate(cell.filter(({ at }) => told.outcome[at] === 1).length, cell.length);
        return { tier, rate, few: cell.length < 10 };
      }),
    }));
}

function firstSource({ leads }: AccountFacts): string {
  const first = leads.reduce<(typeof leads)[number] | null>(
    (best, lead) => (best === null || (lead.createdAt ?? 0) < (best.createdAt ?? 0) ? lead : best),
    null,
  );
  return first?.source ?? (first === null ? 'no lead' : 'not said');
}

/** Of the accounts that were won since, the share that was tier 1, and tier 1 or 2, before anybody spoke to them. */
export function coverConversions(
  { accounts, training }: AnalysisSet,
  before: ReadonlyMap<string, 1 | 2 | 3>,
): ConversionCoverage {
  const wins = accounts.flatMap(({ id, reachedAt }) => {
    const tier = before.get(id);
    return tier === undefined || reachedAt.won === null ? [] : [{ tier, at: reachedAt.won }];
  });
  const all = [...before.values()];
  const share = (most: number) => all.filter((tier) => tier <= most).length / Math.max(all.length, 1);
  const covered = (list: readonly { tier: number }[], most: number) =>
    roundedRate(list.filter(({ tier }) => tier <= most).length, list.length);
  return {
    wins: wins.length,
    tier1: covered(wins, 1),
    tier1or2: covered(wins, 2),
    byChance: { tier1: round(share(1), 4), tier1or2: round(share(2), 4) },
    byQuarter:
      training.timeKind !== 'dates'
        ? []
        : groupBy(wins, ({ at }) => quarterOf(at)).map(([quarter, own]) => ({
            quarter,
            tier1: covered(own, 1)!,
            tier1or2: covered(own, 2)!,
          })),
  };
}
