import assert from 'node:assert/strict';
import { type GeneratedMarket, generateMarket, type MarketOptions } from '../../src/market/generate.ts';

export type Row = Record<string, string>;

const read = new WeakMap<GeneratedMarket, Map<string, Row[]>>();

/** One file of a market as records by column name; read once, and changed by nobody. */
export function table(market: GeneratedMarket, name: string): Row[] {
  const tables = read.get(market) ?? new Map<string, Row[]>();
  read.set(market, tables);
  const known = tables.get(name);
  if (known) return known;
  const file = market.files.find((each) => each.file === `${name}.csv`);
  assert.ok(file, `no ${name}.csv in the market`);
  const rows = [...file.rows].map((row) => {
    assert.equal(row.length, file.header.length, `${name}.csv has a row of another length than its header`);
    return Object.fromEntries(file.header.map((column, place) => [column, row[place]!]));
  });
  tables.set(name, rows);
  return rows;
}

const made = new Map<string, GeneratedMarket>();

/** A market, made once a test file however often it is asked for: it is plain data that nobody changes. */
export function marketOf(options: MarketOptions): GeneratedMarket {
  const key = JSON.stringify(options);
  const market = made.get(key) ?? generateMarket(options);
  made.set(key, market);
  return market;
}

/** Difference of two shares in standard errors: beyond 4 it is no accident. */
export function standardErrors(a: readonly boolean[], b: readonly boolean[]): number {
  const share = (list: readonly boolean[]): number => list.filter(Boolean).length / list.length;
  const pooled = share([...a, ...b]);
  return (share(a) - share(b)) / Math.sqrt(pooled * (1 - pooled) * (1 / a.length + 1 / b.length));
}
