import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { loadMapping } from '../../../src/connectors/csv/mapping-schema.ts';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { ingest } from '../../../src/engine/ingest/ingest.ts';
import type { ImportSummary } from '../../../src/engine/ingest/summarise-import.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { countOf } from './tables-of.ts';

const root = resolve(import.meta.dirname, '../../..');
const data = resolve(root, '../shared/data');
const now = Date.parse('2026-01-31');

type Row = Record<string, string>;

/** Imports a real export through the project's mapping, beside its rows as another reader has them. */
async function imported(
  t: TestContext,
  [folder, file, mapping]: [string, string, string],
  check: (found: { store: Store; rows: Row[]; summary: ImportSummary }) => Promise<void>,
): Promise<void> {
  const path = join(data, folder, file);
  if (!existsSync(path)) return t.skip(`the real data is not here: ${path}`);
  const rows: Row[] = parse(readFileSync(path), { columns: true });
  const store = await freshStore();
  try {
    const source = await openBundle(join(data, folder), {
      now,
      mapping: await loadMapping(join(root, 'mappings', mapping)),
    });
    const summary = await ingest({ store }, source);
    assert.deepEqual(summary.setAside, []);
    await check({ store, rows, summary });
    assert.equal((await ingest({ store }, source)).unchanged, true);
  } finally {
    await store.close();
  }
}

const count = (rows: readonly Row[], holds: (row: Row) => boolean) => rows.filter(holds).length;

async function values(store: Store, field: string): Promise<Record<string, number>> {
  const rows = await store.rows<{ value: string | null; n: number }>(
    sql`select "values"->>${field} as value, count(*)::int as n from observations group by 1`,
  );
  return Object.fromEntries(rows.map(({ value, n }) => [value ?? 'unknown', n]));
}

describe('the real exports', () => {
  it('leads of the course seller: what was converted is won, what a form left open is unknown', (t) =>
    imported(t, ['xeducation_leads', 'Leads.csv', 'xeducation.yaml'], async ({ store, rows }) => {
      assert.equal(rows.length, 9_240);
      assert.equal(await countOf(store, 'accounts'), rows.length);
      assert.equal(
        await countOf(store, 'opportunities', "outcome = 'won'"),
        count(rows, (row) => row.Converted === '1'),
      );
      assert.equal(
        await countOf(store, 'opportunities', "outcome = 'lost'"),
        count(rows, (row) => row.Converted === '0'),
      );
      const lostWithTag = count(rows, (row) => row.Converted === '0' && row.Tags !== '');
      assert.equal(await countOf(store, 'opportunities', 'loss_reason is not null'), lostWithTag);
      const specialization = await values(store, 'specialization');
      assert.equal(specialization.Select, undefined);
      assert.equal(
        specialization.unknown,
        count(rows, (row) => ['', 'Select'].includes(row.Specialization ?? '')),
      );
      assert.equal(
        (await values(store, 'occupation')).unknown,
        count(rows, (row) => row['What is your current occupation'] === ''),
      );
      assert.deepEqual(await store.rows(sql`select time_kind from books`), [{ time_kind: 'order' }]);
      const byNumber = rows.map((row) => Number(row['Lead Number'])).sort((a, b) => a - b);
      const [places] = await store.rows<{ first: number; last: number }>(
        sql`select min(extract(epoch from created_at) * 1000)::int as first, max(extract(epoch from created_at) * 1000)::int as last from opportunities`,
      );
      assert.deepEqual(places, { first: byNumber[0], last: byNumber.at(-1) });
    }));

  it('leads of the course seller: what sales wrote afterwards is declared left out, and none of it is in', (t) =>
    imported(t, ['xeducation_leads', 'Leads.csv', 'xeducation.yaml'], async ({ store }) => {
      const leftOut = await store.rows<{ field: string }>(sql`select field from fields where left_out like '%after%'`);
      assert.equal(leftOut.length, 9);
      const names = await store.rows<{ key: string }>(
        sql`select distinct jsonb_object_keys("values") as key from observations`,
      );
      const declared = await store.rows<{ field: string }>(sql`select field from fields where left_out is null`);
      assert.deepEqual(names.map(({ key }) => key).sort(), declared.map(({ field }) => field).sort());
    }));

  it('deals of the hardware seller: every deal is in, with or without an account', (t) =>
    imported(t, ['maven_crm', 'sales_pipeline.csv', 'maven.yaml'], async ({ store, rows }) => {
      assert.equal(await countOf(store, 'opportunities'), rows.length);
      for (const [outcome, stages] of [
        ['won', ['Won']],
        ['lost', ['Lost']],
        ['open', ['Engaging', 'Prospecting']],
      ] as const) {
        const wanted = count(rows, (row) => (stages as readonly string[]).includes(row.deal_stage ?? ''));
        assert.equal(await countOf(store, 'opportunities', `outcome = '${outcome}'`), wanted);
      }
      assert.equal(await countOf(store, 'opportunities', 'account_id is null'), 1_425);
      assert.equal(await countOf(store, 'accounts'), 85, 'deals name no account that the accounts do not have');
      assert.equal(await countOf(store, 'opportunities', "outcome = 'lost' and amount is not null"), 0);
      const customers = new Set(rows.filter((row) => row.deal_stage === 'Won').map((row) => row.account)).size;
      assert.equal(await countOf(store, 'opportunities', "outcome = 'won' and type = 'new'"), customers);
      assert.equal(
        await countOf(store, 'opportunities', `more->>'product' = 'GTX Pro'`),
        count(rows, (row) => row.product === 'GTXPro'),
      );
      assert.equal(await countOf(store, 'opportunities', `more->>'series' is null or more->>'manager' is null`), 0);
      const { technology, technolgy } = await values(store, 'industry');
      assert.deepEqual([technology, technolgy], [12, undefined]);
      assert.equal((await values(store, 'is_subsidiary')).true, 15);
    }));

  it('customers of the phone company: who churned left on the day of the snapshot, after their tenure', (t) =>
    imported(t, ['telco_churn', 'WA_Fn-UseC_-Telco-Customer-Churn.csv', 'telco.yaml'], async ({ store, rows }) => {
      assert.equal(await countOf(store, 'customers'), rows.length);
      assert.equal(
        await countOf(store, 'customers', 'ended_at is not null'),
        count(rows, (row) => row.Churn === 'Yes'),
      );
      const months = await store.rows<{ months: number; n: number }>(
        sql`select (extract(year from age(timestamptz '2018-04-28', started_at)) * 12 + extract(month from age(timestamptz '2018-04-28', started_at)))::int as months, count(*)::int as n from customers group by 1`,
      );
      for (const { months: tenure, n } of months)
        assert.equal(
          n,
          count(rows, (row) => Number(row.tenure) === tenure),
          `${tenure} months`,
        );
      assert.deepEqual(await store.rows(sql`select clock::date::text as clock from books`), [{ clock: '2018-04-28' }]);
    }));

  it('calls of the bank: in their order, "unknown" and 999 days unknown, without their duration', (t) =>
    imported(t, ['bank_marketing', 'bank-additional-first70.csv', 'bank.yaml'], async ({ store, rows }) => {
      assert.equal(await countOf(store, 'accounts'), rows.length);
      assert.equal(
        await countOf(store, 'opportunities', "outcome = 'won'"),
        count(rows, (row) => row.y === 'yes'),
      );
      assert.equal(
        (await values(store, 'pdays')).unknown,
        count(rows, (row) => row.pdays === '999'),
      );
      assert.equal(
        (await values(store, 'default')).unknown,
        count(rows, (row) => row.default === 'unknown'),
      );
      assert.equal(await countOf(store, 'observations', `"values" ? 'duration'`), 0);
      const firstWon = rows.findIndex((row) => row.y === 'yes') + 1;
      const [won] = await store.rows<{ place: number }>(
        sql`select min(extract(epoch from closed_at) * 1000)::int as place from opportunities where outcome = 'won'`,
      );
      assert.equal(won?.place, firstWon);
    }));
});
