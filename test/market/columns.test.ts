import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signalKinds } from '../../src/market/activity.ts';
import { answerKinds } from '../../src/market/campaign.ts';
import type { GeneratedMarket } from '../../src/market/generate.ts';
import { plantedThings } from '../../src/market/world.ts';
import { marketOf, type Row, standardErrors, table } from './read-market.ts';

const box = (): GeneratedMarket => marketOf({ size: 'box', seed: 3 });
const plain = (): GeneratedMarket => marketOf({ size: 'box', seed: 3, without: plantedThings });
const header = (market: GeneratedMarket, file: string): readonly string[] =>
  market.files.find((each) => each.file === file)!.header;

/** Signals in the 60 days before a new deal of the last year closed, for won deals and for lost ones. */
function busyBefore(market: GeneratedMarket): { won: boolean[]; lost: boolean[] } {
  const closing = table(market, 'opportunities').filter(
    (deal) => deal.type === 'new' && deal.outcome !== 'open' && deal.closed_at! > '2025-11-15',
  );
  const seen = new Map<string, number[]>();
  for (const signal of table(market, 'signals')) {
    const days = seen.get(signal.account_id!) ?? [];
    days.push(Date.parse(signal.observed_at!) / 86_400_000);
    seen.set(signal.account_id!, days);
  }
  const busy = (deal: Row): boolean => {
    const close = Date.parse(deal.closed_at!) / 86_400_000;
    return (seen.get(deal.account_id!) ?? []).filter((day) => day < close && day > close - 60).length >= 5;
  };
  return {
    won: closing.filter((deal) => deal.outcome === 'won').map(busy),
    lost: closing.filter((deal) => deal.outcome === 'lost').map(busy),
  };
}

describe('the columns of a market', () => {
  it('hold a leak that is filled for those who bought and for nobody else', () => {
    const customers = new Set(table(box(), 'customers').map((row) => row.account_id));
    const filled = table(box(), 'accounts').filter((row) => row.onboarding_stage !== '');
    assert.ok(filled.length > 0.9 * customers.size);
    assert.ok(filled.every((row) => customers.has(row.account_id)));
    assert.ok(!header(plain(), 'accounts.csv').includes('onboarding_stage'));
  });

  it('hold noise only where it is planted', () => {
    assert.ok(box().answerKey.noise.every((column) => header(box(), 'accounts.csv').includes(column)));
    assert.ok(box().answerKey.noise.every((column) => !header(plain(), 'accounts.csv').includes(column)));
    assert.deepEqual(plain().answerKey.noise, []);
  });

  it('are clean, full and without doubles where no dirt is planted', () => {
    assert.deepEqual(plain().answerKey.duplicates, []);
    const rows = table(plain(), 'accounts');
    assert.equal(new Set(rows.map((row) => row.name)).size, rows.length);
    assert.equal(new Set(rows.map((row) => row.industry)).size, 10);
    assert.ok(rows.every((row) => Object.values(row).every((value) => value !== '')));
    assert.ok(new Set(table(box(), 'accounts').map((row) => row.industry)).size > 25);
  });

  it('fill each field of an account for 60 to 97 % of the accounts', () => {
    const rows = table(box(), 'accounts');
    for (const column of ['domain', 'industry', 'sub_industry', 'country', 'city', 'founded_on', 'office_count']) {
      const share = rows.filter((row) => row[column] !== '').length / rows.length;
      assert.ok(share > 0.6 && share < 0.97, `${column} ${share}`);
    }
  });

  it('let two sources disagree on some headcounts, and only there', () => {
    const both = table(box(), 'observations').filter((row) => row.field === 'employees' && row.source === 'salesforce');
    assert.ok(both.length > 300 && both.length < 700, `${both.length}`);
    assert.ok(table(plain(), 'observations').every((row) => row.source !== 'salesforce'));
  });

  it('give reasons for rejections that follow from the account, unless that is switched off', () => {
    const wrongIndustry = (market: GeneratedMarket): number => {
      const education = new Set(
        table(market, 'accounts')
          .filter((row) => row.industry === 'Education')
          .map((row) => row.account_id),
      );
      const rejected = table(market, 'leads').filter((lead) => lead.reject_reason !== '');
      const said = (of: readonly Row[]): boolean[] => of.map((lead) => lead.reject_reason === 'wrong industry');
      const there = rejected.filter((lead) => education.has(lead.account_id));
      return standardErrors(said(there), said(rejected.filter((lead) => !education.has(lead.account_id))));
    };
    assert.ok(wrongIndustry(box()) > 10);
    assert.ok(Math.abs(wrongIndustry(plain())) < 3.5);
  });

  it('show more activity before a win than before a loss, unless that is switched off', () => {
    const { won, lost } = busyBefore(box());
    assert.ok(standardErrors(won, lost) > 6);
    const without = busyBefore(plain());
    assert.ok(Math.abs(standardErrors(without.won, without.lost)) < 3.5);
  });

  it('hold signals of every kind, on working days, over more than a year', () => {
    const signals = table(box(), 'signals');
    assert.deepEqual(new Set(signals.map((row) => row.kind)), new Set([...signalKinds, ...answerKinds]));
    const days = signals.map((row) => Date.parse(row.observed_at!) / 86_400_000);
    const span =
      days.reduce((most, day) => Math.max(most, day), 0) - days.reduce((least, day) => Math.min(least, day), 1e9);
    assert.ok(span > 380 && span < 410, `${span} days`);
    assert.ok(signals.filter((row) => row.kind === 'pain').every((row) => row.text !== ''));
  });

  it('show hardly any use of who leaves early', () => {
    const seats = new Map<string, number>();
    const most = new Map<string, number>();
    for (const { account_id: id, metric, value } of table(box(), 'usage')) {
      if (metric === 'active_users') most.set(id!, Math.max(most.get(id!) ?? 0, Number(value)));
      if (metric === 'seats_bought' && !seats.has(id!)) seats.set(id!, Number(value));
    }
    const early = table(box(), 'customers').filter(
      (row) => row.ended_at !== '' && Date.parse(row.ended_at!) - Date.parse(row.started_at!) < 100 * 86_400_000,
    );
    assert.equal(early.length, 12);
    for (const { account_id: id } of early) assert.ok(most.get(id!)! <= 0.2 * seats.get(id!)! + 1, `${most.get(id!)}`);
  });
});
