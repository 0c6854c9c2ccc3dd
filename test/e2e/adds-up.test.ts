import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse';
import fc from 'fast-check';
import { writeMarket } from '../../src/compose/box/write-market.ts';
import type { Lodestar } from '../../src/compose/open-lodestar.ts';
import type { Explanation } from '../../src/icp/explanation.ts';
import { buildCatalogue } from '../../src/icp/features/catalogue.ts';
import { exportColumns, exportRow } from '../../src/icp/features/export-columns.ts';
import type { FeatureCatalogue } from '../../src/icp/features/feature-rule.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { publishedTable as publish } from '../../src/questions/published-table.ts';
import { anyModel, anyValues } from '../support/a-model.ts';
import { openFolder, ownFolder, runHere } from '../support/command-line.ts';
import { publishedTable, type Row, recompute } from '../support/recompute.ts';
import { writeSmallMarket } from '../support/small-market.ts';

async function csv(file: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true }))) rows.push(row);
  return rows;
}

const cells = (row: Record<string, string>): Row =>
  Object.fromEntries(Object.entries(row).map(([column, text]) => [column, text === '' ? null : Number(text)]));

/** Every score of the folder's book, from the table and the features alone, against `export scores`. */
async function checkEveryScore(lodestar: Lodestar, out: string) {
  await runHere(lodestar, 'export', 'scores', '--out', join(out, 'scores.csv'));
  await runHere(lodestar, 'export', 'features', '--out', join(out, 'features.csv'));
  const table = publishedTable.parse(JSON.parse(await runHere(lodestar, 'criteria', '--json')));
  const scores = await csv(join(out, 'scores.csv'));
  const features = await csv(join(out, 'features.csv'));
  assert.equal(scores.length, features.length);
  const byAccount = new Map(features.map((row) => [row.account_id, row]));
  for (const { account_id, score, tier, positive, detractor_match } of scores) {
    const row = byAccount.get(account_id);
    assert.ok(row !== undefined, account_id);
    assert.deepEqual(
      recompute(table, cells(row)),
      { score: Number(score), tier: Number(tier), positive: Number(positive), match: Number(detractor_match) },
      account_id,
    );
  }
  return { table, scores };
}

/** `explain --json` of so many accounts, spread over the book: each adds up by itself, and to its line of the export. */
async function checkExplanations(lodestar: Lodestar, scores: readonly Record<string, string>[], n: number) {
  const tenths = (printed: number) => Math.round(printed * 10);
  for (let nth = 0; nth < n; nth += 1) {
    const line = scores[Math.floor((nth * scores.length) / n)] ?? {};
    const explained: Explanation = JSON.parse(await runHere(lodestar, 'explain', line.account_id ?? '', '--json'));
    const points = explained.criteria.reduce((sum, criterion) => sum + tenths(criterion.points), 0);
    assert.equal(tenths(explained.base) + points + tenths(explained.clamp), tenths(explained.positive));
    const multiplier = Math.round(explained.detractor.multiplier * 1000);
    assert.equal(tenths(explained.score), Math.floor((2 * tenths(explained.positive) * multiplier + 1000) / 2000));
    assert.deepEqual([explained.score, explained.tier], [Number(line.score), Number(line.tier)]);
  }
}

describe('a score adds up', () => {
  it('for every account of the company in a box, from the published table and the exported features alone', async (t) => {
    const out = ownFolder(t);
    const lodestar = await openFolder(join(ownFolder(t), 'data'));
    t.after(() => lodestar.close());
    await writeMarket(generateMarket({ size: 'box', seed: 1 }), join(out, 'box'), () => {});
    await runHere(lodestar, 'import', join(out, 'box'));
    await runHere(lodestar, 'analyze', '--now', '2026-10-01');
    const { table, scores } = await checkEveryScore(lodestar, out);
    assert.equal(scores.length, 4_000);
    assert.ok(table.detractor !== null, 'with a detractor that was learnt');
    await checkExplanations(lodestar, scores, 200);
    const tiers = Map.groupBy(scores, ({ tier }) => tier);
    const flagged = scores.filter(({ detractor_match }) => Number(detractor_match) >= (table.detractor?.flagAt ?? 1));
    t.diagnostic(
      `4,000 of 4,000 scores recomputed; ${table.criteria.length} criteria; tiers ${[1, 2, 3].map((tier) => tiers.get(String(tier))?.length ?? 0).join(', ')}; ${flagged.length} flagged`,
    );
  });

  it('for every account of a book that has only a written ICP, with layer caps and flags made of several', async (t) => {
    const out = ownFolder(t);
    const lodestar = await openFolder(join(ownFolder(t), 'data'));
    t.after(() => lodestar.close());
    writeSmallMarket(join(out, 'market'), { closed: 60, others: 240 });
    await runHere(lodestar, 'import', join(out, 'market'));
    await runHere(lodestar, 'analyze', '--now', '2026-10-01');
    const layered = await checkEveryScore(lodestar, out);
    assert.deepEqual(layered.table.layerCaps, { firmographic: 30, technographic: 25, behavioural: 30, pain: 15 });
    assert.ok(new Set(layered.scores.map(({ score }) => score)).size > 10, 'and they are not all alike');

    const sample = resolve(import.meta.dirname, '../../hypotheses/sample-icp.yaml');
    await runHere(lodestar, 'settings', 'hypothesis.main', sample);
    await runHere(lodestar, 'analyze', '--now', '2026-10-01', '--activate');
    const nine = await checkEveryScore(lodestar, out);
    assert.equal(nine.table.criteria.length, 9);
    assert.ok(new Set(nine.scores.map(({ score }) => score)).size > 10);
    await checkExplanations(lodestar, nine.scores, 20);
    assert.ok(
      readFileSync(join(out, 'scores.csv'), 'utf8').startsWith(
        'account_id,name,domain,score,tier,positive,detractor_match,p_accepted,',
      ),
    );
  });

  it('for 10,000 random accounts under random tables, recomputed from the table as it is published', () => {
    const levels = ['logistics', 'retail', 'SaaS', 'public sector'];
    let accounts = 0;
    fc.assert(
      fc.property(anyModel, fc.array(anyValues, { minLength: 50, maxLength: 50 }), (model, rows) => {
        const catalogue: FeatureCatalogue = {
          ...buildCatalogue([], { fields: [], asOf: 0 }),
          features: [
            ...model.criteria
              .filter(({ key }) => key !== 'several')
              .map(({ key, label, layer, part, type, field }) => ({
                ...{ key, label, layer, part, type, field },
                ...(type === 'category' ? { levels } : {}),
              })),
            ...['tool_a', 'tool_b', 'tool_c'].map((key) => ({
              ...{
                key,
                label: key,
                layer: 'technographic' as const,
                part: 'fit' as const,
                type: 'flag' as const,
                field: key,
              },
            })),
          ],
        };
        const columns = exportColumns(catalogue).map(({ name }) => name);
        const published = publish({ book: { name: 'main' }, model: { model, version: 1, verdict: '', catalogue } });
        const table = publishedTable.parse(JSON.parse(JSON.stringify(published)));
        for (const drawn of rows) {
          // A reader gives a feature values of its type only: a level it knows or `other`, a number, a state.
          const values = catalogue.features.map(({ key, type }) => {
            const value = drawn[key] ?? null;
            if (value === null) return null;
            if (type === 'number') return typeof value === 'number' ? value : null;
            if (type === 'flag') return value === 'present' || value === 'absent' ? value : null;
            return levels.includes(String(value)) ? String(value) : 'other';
          });
          const cellsOfRow = exportRow({ values }, catalogue);
          const row: Row = Object.fromEntries(columns.map((column, nth) => [column, cellsOfRow[nth] ?? null]));
          const read = new Map(catalogue.features.map(({ key }, nth) => [key, values[nth] ?? null]));
          const scored = scoreAccount(model, (key) => read.get(key) ?? null);
          assert.deepEqual(recompute(table, row), {
            ...{
              score: scored.score / 10,
              positive: scored.positive / 10,
              match: scored.match / 1000,
              tier: scored.tier,
            },
          });
          accounts += 1;
        }
      }),
      { numRuns: 200 },
    );
    assert.equal(accounts, 10_000);
  });
});
