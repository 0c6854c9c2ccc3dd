import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GeneratedMarket } from '../../src/market/generate.ts';
import type { PlantedThing } from '../../src/market/world.ts';
import { marketOf, standardErrors, table } from './read-market.ts';

const seeds = [1, 2, 3];
const day = (date: string): number => Date.parse(date) / 86_400_000;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What a customer's last three months before a day were, against the months before them. */
interface Stretch {
  /** Use now as a share of use before. */
  use: number;
  ticketsMore: number;
  npsNow: number | null;
  championLeft: boolean;
}

/** Customers who left after use at their end, who bought more before it, and the others at a day in the middle of their time. */
function stretches(...without: PlantedThing[]): { leaving: Stretch[]; growing: Stretch[]; staying: Stretch[] } {
  const found = { leaving: [] as Stretch[], growing: [] as Stretch[], staying: [] as Stretch[] };
  for (const seed of seeds) {
    const market = marketOf({ size: 'box', seed, without });
    const usage = usageOf(market);
    const grew = new Map<string, number>();
    for (const deal of table(market, 'opportunities'))
      if (deal.type === 'expansion' && deal.outcome === 'won') grew.set(deal.account_id!, day(deal.closed_at!));
    for (const { account_id: id, started_at: from, ended_at: to } of table(market, 'customers')) {
      const grown = grew.get(id!);
      const end = to === '' ? day('2026-10-01') : day(to!);
      const kind = to !== '' ? 'leaving' : grown === undefined ? 'staying' : 'growing';
      const at = kind === 'staying' ? day(from!) + 0.75 * (end - day(from!)) : kind === 'growing' ? grown! : end;
      if (at - day(from!) < 195) continue;
      const stretch = stretchOf(usage.get(id!) ?? [], day(from!), at);
      if (stretch !== null) found[kind].push(stretch);
    }
  }
  return found;
}

type Figure = { metric: string; at: number; value: number };

function usageOf(market: GeneratedMarket): Map<string, Figure[]> {
  return Map.groupBy(
    table(market, 'usage').map((row) => ({
      ...{ id: row.account_id!, metric: row.metric!, at: day(row.period_start!), value: Number(row.value) },
    })),
    ({ id }) => id,
  );
}

function stretchOf(figures: readonly Figure[], from: number, at: number): Stretch | null {
  const of = (metric: string, since: number, until: number): number[] =>
    figures.filter((row) => row.metric === metric && row.at >= since && row.at < until).map(({ value }) => value);
  // The last whole months; the first three are a customer finding its feet.
  const [now, before] = [at - 75, from + 90];
  const use = [of('active_users', before, now), of('active_users', now, at)] as const;
  if (use[0].length === 0 || use[1].length === 0) return null;
  const [then, late] = [of('tickets', before, now), of('tickets', now, at)];
  const nps = of('nps', at - 100, at);
  return {
    use: mean(use[1]) / Math.max(1, mean(use[0])),
    ticketsMore: mean(late) - mean(then),
    npsNow: nps.at(-1) ?? null,
    championLeft: of('champion_left', at - 160, at + 1).includes(1),
  };
}

const planted = stretches();
const fades = ({ use }: Stretch): boolean => use < 0.75;
const complains = ({ ticketsMore }: Stretch): boolean => ticketsMore > 2;
const deserted = ({ championLeft }: Stretch): boolean => championLeft;

describe('the signs before a customer leaves', () => {
  it('are there: use, tickets, champions and moods', () => {
    const { leaving, staying } = planted;
    for (const sign of [fades, complains, deserted]) {
      assert.ok(standardErrors(leaving.map(sign), staying.map(sign)) > 6, sign.name);
    }
    const nps = (rows: readonly Stretch[]): number[] => rows.flatMap(({ npsNow }) => (npsNow === null ? [] : [npsNow]));
    assert.ok(mean(nps(leaving)) < mean(nps(staying)) - 15);
  });

  it('are not all in the use: a quarter leave without its fading, and some whose use fades stay', () => {
    const { leaving, staying } = planted;
    const quiet = leaving.filter((row) => !fades(row));
    assert.ok(quiet.length > 0.2 * leaving.length, `${quiet.length} of ${leaving.length} leave without`);
    assert.ok(mean(quiet.map((row) => (complains(row) || deserted(row) ? 1 : 0))) > 0.6);
    const dips = staying.filter(fades).length / staying.length;
    assert.ok(dips > 0.02 && dips < 0.25, `${dips} of those who stay dip on that day`);
  });

  it('are gone where they are switched off', () => {
    const { leaving, staying } = stretches('decay');
    for (const sign of [fades, complains, deserted]) {
      assert.ok(Math.abs(standardErrors(leaving.map(sign), staying.map(sign))) < 3, sign.name);
    }
  });
});

describe('the signs before a customer buys more', () => {
  it('are use that swells, for most of them, and for a few who do not', () => {
    const swells = ({ use }: Stretch): boolean => use > 1.15;
    const { growing, staying } = planted;
    assert.ok(standardErrors(growing.map(swells), staying.map(swells)) > 6);
    assert.ok(growing.some((row) => !swells(row)) && staying.some(swells));
    const without = stretches('growth');
    assert.ok(Math.abs(standardErrors(without.growing.map(swells), without.staying.map(swells))) < 3);
    assert.ok(median(without.growing.map(({ use }) => use)) < 1.08);
  });
});
