import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { generateMarket, type MarketOptions } from '../../src/market/generate.ts';
import { type SizeName, sizes } from '../../src/market/sizes.ts';
import { marketOf, type Row, table } from './read-market.ts';

function fingerprint(options: MarketOptions): string {
  const market = generateMarket(options);
  const hash = createHash('sha256');
  for (const { file, header, rows } of market.files) {
    hash.update(`${file}\n${header.join(',')}\n`);
    for (const row of rows) hash.update(`${row.join('\u001f')}\n`);
  }
  return hash.update(JSON.stringify(market.answerKey)).digest('hex');
}

const box = (): ReturnType<typeof marketOf> => marketOf({ size: 'box', seed: 3 });
const ids = (rows: readonly Row[], column = 'account_id'): Set<string> => new Set(rows.map((row) => row[column]!));

describe('generateMarket', () => {
  it('gives the same bytes for the same seed and other bytes for another', () => {
    const first = fingerprint({ size: 'small', seed: 11 });
    assert.equal(fingerprint({ size: 'small', seed: 11 }), first);
    assert.notEqual(fingerprint({ size: 'small', seed: 12 }), first);
  });

  it('gives the same rows when a file is read twice', () => {
    for (const { file, rows } of generateMarket({ size: 'small', seed: 4 }).files) {
      assert.deepEqual([...rows].slice(0, 500), [...rows].slice(0, 500), file);
    }
  });

  for (const [size, seed] of [
    ['box', 3],
    ['box', 8],
    ['small', 3],
  ] satisfies [SizeName, number][]) {
    it(`meets every count of the size ${size} with seed ${seed}`, () => {
      const market = marketOf({ size, seed });
      const { activity: _, startUps: __, startUpWins: ___, ...wanted } = sizes[size];
      const deals = table(market, 'opportunities');
      const customers = table(market, 'customers');
      const outcome = (name: string): number => deals.filter((deal) => deal.outcome === name).length;
      const expanded = deals.filter((deal) => deal.type === 'expansion' && deal.outcome === 'won');
      const days = (row: Row): number => (Date.parse(row.ended_at!) - Date.parse(row.started_at!)) / 86_400_000;
      const left = customers.filter((customer) => customer.ended_at !== '');
      assert.deepEqual(
        {
          accounts: table(market, 'accounts').length,
          contacts: table(market, 'contacts').length,
          leads: table(market, 'leads').length,
          closed: outcome('won') + outcome('lost'),
          won: outcome('won'),
          open: outcome('open'),
          customers: customers.length,
          churnedAfterUse: left.filter((customer) => days(customer) >= 180).length,
          churnedEarly: left.filter((customer) => days(customer) <= 70).length,
          expanded: ids(expanded).size,
        },
        wanted,
      );
    });
  }

  it('accepts 45 % of the leads that were decided', () => {
    const decided = table(box(), 'leads').filter((lead) => lead.status !== 'open');
    const accepted = decided.filter((lead) => lead.status === 'accepted').length;
    assert.ok(Math.abs(accepted / decided.length - 0.45) < 0.01, `${accepted} of ${decided.length}`);
  });

  it('refers to accounts that exist, and gives every record an id of its own', () => {
    const accounts = ids(table(box(), 'accounts'));
    for (const name of ['contacts', 'leads', 'opportunities', 'customers', 'signals', 'usage', 'observations']) {
      for (const row of table(box(), name)) assert.ok(accounts.has(row.account_id!), `${name}: ${row.account_id}`);
    }
    for (const [name, key] of [
      ['accounts', 'account_id'],
      ['contacts', 'contact_id'],
      ['leads', 'lead_id'],
      ['opportunities', 'opportunity_id'],
      ['customers', 'account_id'],
      ['people', 'email'],
    ] as const) {
      const rows = table(box(), name);
      assert.equal(ids(rows, key).size, rows.length, name);
    }
  });

  it('refers to people who exist', () => {
    const people = ids(table(box(), 'people'), 'email');
    for (const [name, column] of [
      ['accounts', 'owner_email'],
      ['leads', 'owner_email'],
      ['opportunities', 'owner_email'],
      ['customers', 'cs_owner_email'],
    ] as const) {
      for (const row of table(box(), name))
        assert.ok(row[column] === '' || people.has(row[column]!), `${name}: ${row[column]}`);
    }
  });

  it('lets nothing happen before its cause, and nothing after the last day', () => {
    const last = Date.parse('2026-10-01');
    const ordered = (name: string, earlier: string, later: string): void => {
      for (const row of table(box(), name)) {
        const [from, to] = [Date.parse(row[earlier]!), row[later] === '' ? null : Date.parse(row[later]!)];
        assert.ok(from < last, `${name} ${earlier} ${row[earlier]}`);
        if (to !== null) assert.ok(from <= to && to < last, `${name} ${row[earlier]} to ${row[later]}`);
      }
    };
    ordered('leads', 'created_at', 'decided_at');
    ordered('opportunities', 'created_at', 'closed_at');
    ordered('customers', 'started_at', 'ended_at');
    for (const name of ['signals', 'observations']) ordered(name, 'observed_at', 'observed_at');
    ordered('usage', 'period_start', 'period_start');
  });

  it('makes a customer of every account that won a new deal, from the day after', () => {
    const started = new Map(table(box(), 'customers').map((row) => [row.account_id!, row.started_at!]));
    const won = table(box(), 'opportunities').filter((deal) => deal.type === 'new' && deal.outcome === 'won');
    assert.equal(won.length, started.size);
    for (const deal of won) {
      const since = Date.parse(started.get(deal.account_id!)!) - Date.parse(deal.closed_at!);
      assert.ok(since > 0 && since < 4 * 86_400_000, `${deal.closed_at} and ${started.get(deal.account_id!)}`);
    }
  });

  it('knows what changes about an account before its first touch, for most accounts and most fields', () => {
    const touched = new Map<string, string>();
    for (const row of [...table(box(), 'leads'), ...table(box(), 'opportunities')]) {
      const at = row.created_at!;
      const known = touched.get(row.account_id!);
      if (known === undefined || at < known) touched.set(row.account_id!, at);
    }
    const known = new Map<string, Set<string>>();
    for (const { account_id: id, field, observed_at: at } of table(box(), 'observations')) {
      if (at! < (touched.get(id!) ?? '').slice(0, 10)) known.set(field!, (known.get(field!) ?? new Set()).add(id!));
    }
    for (const field of [
      'employees',
      'employees_1yr_ago',
      'revenue',
      'funding_stage',
      'technologies',
      'web_visits',
      'use_case',
    ]) {
      const share = (known.get(field)?.size ?? 0) / touched.size;
      assert.ok(share > 0.55 && share < 0.97, `${field} is known for ${share}`);
    }
    assert.equal(known.get('health_score'), undefined);
  });

  it('moves every date with the last day', () => {
    const later = generateMarket({ size: 'small', seed: 2, until: '2030-03-31' });
    const created = table(later, 'leads').map((lead) => lead.created_at!);
    const newest = created.sort().at(-1)!;
    assert.ok(newest >= '2030-03-24' && newest < '2030-04-01', newest);
  });

  it('says what it needed when the last day is no date', () => {
    assert.throws(() => generateMarket({ until: 'soon' }), /requires an ISO 8601 date .* got 'soon'/);
  });
});
