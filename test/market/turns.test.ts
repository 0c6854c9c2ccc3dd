import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf, isoDate, quarterStart } from '../../src/market/calendar.ts';
import type { GeneratedMarket } from '../../src/market/generate.ts';
import { within } from '../../src/market/quarters.ts';
import { sizes } from '../../src/market/sizes.ts';
import type { PlantedThing } from '../../src/market/world.ts';
import { marketOf, type Row, standardErrors, table } from './read-market.ts';

const seeds = [1, 2, 3];
const boxes = (...without: PlantedThing[]): GeneratedMarket[] =>
  seeds.map((seed) => marketOf({ size: 'box', seed, without }));
const lastQuarter = { from: '2026-07-01', to: '2026-10-01' };
const ids = (rows: readonly Row[]): Set<string> => new Set(rows.map((row) => row.account_id!));
const closed = (market: GeneratedMarket): Row[] =>
  table(market, 'opportunities').filter((deal) => deal.outcome !== 'open');
const isWon = (deal: Row): boolean => deal.outcome === 'won';
const inQuarter = (deal: Row): boolean => deal.closed_at! >= lastQuarter.from && deal.closed_at! < lastQuarter.to;
const days = (deal: Row): number => (Date.parse(deal.closed_at!) - Date.parse(deal.created_at!)) / 86_400_000;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The last value known of a field, by account. */
function lastKnown(market: GeneratedMarket, field: string): Map<string, string> {
  return new Map(
    table(market, 'observations')
      .filter((row) => row.field === field)
      .map((row) => [row.account_id!, row.value!]),
  );
}

describe('an emerging kind', () => {
  it('wins exactly as many deals in the last full quarter as its size says, and next to none before', () => {
    for (const market of boxes()) {
      const { emerging } = market.answerKey;
      const members = new Set(emerging!.accounts);
      const theirs = closed(market).filter((deal) => isWon(deal) && members.has(deal.account_id!));
      assert.equal(theirs.filter(inQuarter).length, sizes.box.startUpWins);
      assert.equal(emerging!.wins, sizes.box.startUpWins);
      const before = theirs.filter((deal) => deal.closed_at! < '2026-01-01').length;
      assert.ok(before <= 2, `${before} won before it emerged`);
    }
  });

  it('takes the share of the won deals and of the revenue that the answer key says', () => {
    for (const market of boxes()) {
      const { emerging } = market.answerKey;
      const won = closed(market).filter((deal) => isWon(deal) && inQuarter(deal));
      const theirs = won.filter((deal) => emerging!.accounts.includes(deal.account_id!));
      const revenue = (deals: readonly Row[]): number => deals.reduce((sum, deal) => sum + Number(deal.amount), 0);
      assert.ok(Math.abs(emerging!.shareOfWins - theirs.length / won.length) < 0.001);
      assert.ok(Math.abs(emerging!.shareOfRevenue - revenue(theirs) / revenue(won)) < 0.001);
      assert.ok(emerging!.shareOfRevenue > 1.5 * emerging!.shareOfWins, 'it pays more than others');
    }
  });

  it('shows what it is in columns that everybody has', () => {
    for (const market of boxes()) {
      const members = new Set(market.answerKey.emerging!.accounts);
      const focus = lastKnown(market, 'focus');
      const technical = lastKnown(market, 'technical_founders');
      assert.ok([...members].every((id) => (focus.get(id) ?? 'AI') === 'AI' && Number(technical.get(id) ?? 100) >= 60));
      const others = [...focus].filter(([id, value]) => value === 'AI' && !members.has(id)).length;
      assert.ok(others > 3 * members.size, `${others} others build on AI`);
    }
  });

  it('is met like any other where it is switched off', () => {
    const recently = (...without: PlantedThing[]): number => {
      const kind = new Set(
        boxes().flatMap((market, at) => market.answerKey.emerging!.accounts.map((id) => `${at}${id}`)),
      );
      const first = new Map<string, string>();
      boxes(...without).forEach((market, at) => {
        for (const lead of table(market, 'leads')) {
          const key = `${at}${lead.account_id}`;
          if (kind.has(key) && lead.created_at! < (first.get(key) ?? '9')) first.set(key, lead.created_at!);
        }
      });
      return mean([...first.values()].map((day) => (day >= '2026-04-01' ? 1 : 0)));
    };
    assert.ok(recently() > 0.75, `${recently()}`);
    assert.ok(recently('emerging') < 0.35, `${recently('emerging')}`);
    assert.ok(boxes('emerging').every((market) => market.answerKey.emerging === null));
  });
});

describe('the loss pattern', () => {
  /** First deals of which all three are known: those of the pattern, and those that lack one of the three. */
  function firstDeals(...without: PlantedThing[]): { long: Row[]; nearly: Row[]; others: Row[] } {
    const deals = boxes(...without)
      .flatMap((market) => closed(market))
      .filter((deal) => deal.type === 'new' && deal.stakeholders && deal.vendor_contract && deal.procurement);
    const signs = (deal: Row): number =>
      [Number(deal.stakeholders) > 5, deal.vendor_contract === 'yes', deal.procurement === 'formal'].filter(Boolean)
        .length;
    return {
      long: deals.filter((deal) => signs(deal) === 3),
      nearly: deals.filter((deal) => signs(deal) === 2),
      others: deals.filter((deal) => signs(deal) < 2),
    };
  }
  const dark = (deal: Row): boolean => deal.loss_reason === 'went dark';
  const price = (deals: readonly Row[]): number =>
    mean(
      deals
        .filter((deal) => isWon(deal) && deal.list_price)
        .map((deal) => Number(deal.amount) / Number(deal.list_price)),
    );

  it('is lost, goes dark and takes half a year where all three come together', () => {
    const { long, others } = firstDeals();
    assert.ok(standardErrors(long.map(isWon), others.map(isWon)) < -3);
    assert.ok(Math.abs(mean(long.map((deal) => (dark(deal) ? 1 : 0))) - 0.4) < 0.08);
    assert.ok(
      long.every((deal) => days(deal) > 180),
      'half a year at least',
    );
    assert.ok(mean(others.map(days)) < 90);
    assert.ok(price(long) > 0.55 && price(long) < 0.65, `${price(long)}`);
    assert.ok(price(others) > 0.86);
  });

  it('does no harm where one of the three is missing', () => {
    const { nearly, others } = firstDeals();
    assert.ok(Math.abs(standardErrors(nearly.map(isWon), others.map(isWon))) < 3);
    assert.ok(Math.abs(standardErrors(nearly.map(dark), others.map(dark))) < 3);
  });

  it('ends as the answer key counts it', () => {
    for (const market of boxes()) {
      const { losses } = market.answerKey;
      const members = new Set(losses!.deals);
      const deals = closed(market).filter((deal) => members.has(deal.opportunity_id!));
      assert.deepEqual([deals.length, deals.filter(isWon).length], [losses!.closed, losses!.won]);
      assert.equal(losses!.dark, Math.round(0.4 * losses!.closed));
      assert.equal(losses!.won, Math.round(0.09 * losses!.closed));
    }
  });

  it('means nothing where it is switched off', () => {
    const { long, others } = firstDeals('losses');
    assert.ok(Math.abs(standardErrors(long.map(isWon), others.map(isWon))) < 3);
    assert.ok(Math.abs(standardErrors(long.map(dark), others.map(dark))) < 3);
    assert.ok(mean(long.map(days)) < 120);
  });
});

describe('the drift', () => {
  it('takes about a third of its win rate off one segment, from the day that the answer key says', () => {
    const rate = (...without: PlantedThing[]): { won: number; closed: number } => {
      const kinds = boxes().map((market) => new Set(market.answerKey.drift!.accounts));
      const deals = boxes(...without).flatMap((market, at) =>
        closed(market).filter(
          (deal) => deal.type === 'new' && deal.closed_at! >= '2026-04-01' && kinds[at]!.has(deal.account_id!),
        ),
      );
      return { won: deals.filter(isWon).length, closed: deals.length };
    };
    const [drifted, steady] = [rate(), rate('drift')];
    const left = drifted.won / drifted.closed / (steady.won / steady.closed);
    assert.ok(left > 0.5 && left < 0.82, `${left} of the win rate is left`);
    assert.ok(boxes().every((market) => market.answerKey.drift!.since === '2026-04-01'));
  });

  it('lets the segment leave a quarter later, and not before', () => {
    // A small market spares its churn, so a larger one is asked.
    const leaving = (from: string, to: string, ...without: PlantedThing[]): number => {
      const kind = new Set(marketOf({ size: 'mid', seed: 1 }).answerKey.drift!.accounts);
      return table(marketOf({ size: 'mid', seed: 1, without }), 'customers').filter(
        (row) => kind.has(row.account_id!) && row.ended_at! >= from && row.ended_at! < to,
      ).length;
    };
    assert.ok(leaving('2026-07-01', '2026-10-01') > 1.7 * leaving('2026-07-01', '2026-10-01', 'drift'));
    assert.ok(leaving('2026-01-01', '2026-07-01') < 1.3 * leaving('2026-01-01', '2026-07-01', 'drift'));
  });

  it('begins when it is told to', () => {
    const market = marketOf({ size: 'small', seed: 1, driftsOn: '2025-10-01' });
    assert.deepEqual([market.answerKey.drift?.since, market.answerKey.drift?.churnsFrom], ['2025-10-01', '2025-12-31']);
  });
});

describe('rejections on sight', () => {
  it('are the leads that the answer key lists: all of one kind, all for one reason, none before the day', () => {
    for (const market of boxes()) {
      const { rejections } = market.answerKey;
      const leads = table(market, 'leads').filter((lead) => rejections!.leads.includes(lead.lead_id!));
      assert.ok(leads.length >= 10 && leads.length === rejections!.leads.length, `${leads.length} leads`);
      assert.ok(leads.every((lead) => lead.status === 'rejected' && lead.reject_reason === rejections!.reason));
      assert.ok(leads.every((lead) => lead.decided_at! >= rejections!.since));
      const sellers = lastKnown(market, 'sales_team_size');
      const first = leads.map((lead) => sellers.get(lead.account_id!)).filter((value) => value !== undefined);
      assert.ok(mean(first.map(Number)) < 8, 'hardly anybody sells there');
    }
  });

  it('let next to none of the kind through, where before many got through', () => {
    const accepted = (...without: PlantedThing[]): boolean[] => {
      const kinds = boxes().map((market) => new Set(market.answerKey.rejections!.accounts));
      return boxes(...without).flatMap((market, at) =>
        table(market, 'leads')
          .filter((lead) => kinds[at]!.has(lead.account_id!) && lead.decided_at! >= '2026-04-03')
          .map((lead) => lead.status === 'accepted'),
      );
    };
    assert.ok(mean(accepted().map(Number)) < 0.1);
    assert.ok(mean(accepted('rejections').map(Number)) > 0.3);
  });
});

describe('the days at which a market turns', () => {
  it('are whole quarters, and the last of them is over', () => {
    assert.equal(isoDate(quarterStart(dayOf('2026-03-31'))), '2026-01-01');
    assert.equal(isoDate(quarterStart(dayOf('2026-02-28'), -1)), '2025-10-01');
    const market = marketOf({ size: 'small', seed: 1, until: '2026-11-20' });
    assert.deepEqual(market.answerKey.emerging?.quarter, { from: '2026-07-01', to: '2026-09-30' });
    assert.ok(!within({ from: 1, to: 2 }, 2));
  });

  it('do not pile churn up on the last day', () => {
    const ends = boxes().flatMap((market) => table(market, 'customers').map((row) => row.ended_at!));
    assert.ok(ends.filter((day) => day >= '2026-09-28').length <= 4);
    assert.equal(ids(table(boxes()[0]!, 'customers')).size, sizes.box.customers);
  });
});
