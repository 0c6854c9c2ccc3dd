import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'csv-parse';
import fc from 'fast-check';
import { writeMarket } from '../../src/compose/write-market.ts';
import { buildCatalogue } from '../../src/icp/features/catalogue.ts';
import { exportColumns, exportRow } from '../../src/icp/features/export-columns.ts';
import type { FeatureCatalogue } from '../../src/icp/features/feature-rule.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { publishedTable as publish } from '../../src/questions/published-table.ts';
import { anyModel, anyValues } from '../support/a-model.ts';
import { publishedTable, type Row, recompute } from '../support/recompute.ts';
import { writeSmallMarket } from '../support/small-market.ts';

const cli = resolve(import.meta.dirname, '../../src/cli/lodestar.ts');

function folder(t: Pick<TestContext, 'after'>): string {
  const made = mkdtempSync(join(tmpdir(), 'lodestar-e2e-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Runs a command as a person would; resolves with what it said on standard output. */
function lodestar(dataDir: string, ...args: string[]): Promise<string> {
  return new Promise((settle, fail) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let problems = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problems += text;
    });
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? settle(said) : fail(new Error(`${args.join(' ')}: ${problems}`))));
  });
}

async function csv(file: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true }))) rows.push(row);
  return rows;
}

const cells = (row: Record<string, string>): Row =>
  Object.fromEntries(Object.entries(row).map(([column, text]) => [column, text === '' ? null : Number(text)]));

/** Every score of the folder's book, from the table and the features alone, against `export scores`. */
async function checkEveryScore(dataDir: string, out: string) {
  await lodestar(dataDir, 'export', 'scores', '--out', join(out, 'scores.csv'));
  await lodestar(dataDir, 'export', 'features', '--out', join(out, 'features.csv'));
  const table = publishedTable.parse(JSON.parse(await lodestar(dataDir, 'criteria', '--json')));
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

describe('a score adds up', () => {
  it('for every account of the company in a box, from the published table and the exported features alone', async (t) => {
    const [dataDir, out] = [folder(t), folder(t)];
    await writeMarket(generateMarket({ size: 'box', seed: 1 }), join(out, 'box'), () => {});
    await lodestar(dataDir, 'import', join(out, 'box'));
    await lodestar(dataDir, 'analyze', '--now', '2026-10-01');
    const { table, scores } = await checkEveryScore(dataDir, out);
    assert.equal(scores.length, 4_000);
    assert.ok(table.detractor !== null, 'with a detractor that was learnt');
    const tiers = Map.groupBy(scores, ({ tier }) => tier);
    const flagged = scores.filter(({ detractor_match }) => Number(detractor_match) >= (table.detractor?.flagAt ?? 1));
    t.diagnostic(
      `4,000 of 4,000 scores recomputed; ${table.criteria.length} criteria; tiers ${[1, 2, 3].map((tier) => tiers.get(String(tier))?.length ?? 0).join(', ')}; ${flagged.length} flagged`,
    );
  });

  it('for every account of a book that has only a written ICP, with layer caps and flags made of several', async (t) => {
    const [dataDir, out] = [folder(t), folder(t)];
    writeSmallMarket(join(out, 'market'), { closed: 60, others: 240 });
    await lodestar(dataDir, 'import', join(out, 'market'));
    await lodestar(dataDir, 'analyze', '--now', '2026-10-01');
    const layered = await checkEveryScore(dataDir, out);
    assert.deepEqual(layered.table.layerCaps, { firmographic: 30, technographic: 25, behavioural: 30, pain: 15 });
    assert.ok(new Set(layered.scores.map(({ score }) => score)).size > 10, 'and they are not all alike');

    const sample = resolve(import.meta.dirname, '../../hypotheses/sample-icp.yaml');
    await lodestar(dataDir, 'settings', 'hypothesis.main', sample);
    await lodestar(dataDir, 'analyze', '--now', '2026-10-01');
    const nine = await checkEveryScore(dataDir, out);
    assert.equal(nine.table.criteria.length, 9);
    assert.ok(new Set(nine.scores.map(({ score }) => score)).size > 10);
    const [first] = nine.scores;
    const explained = JSON.parse(await lodestar(dataDir, 'explain', first?.account_id ?? '', '--json'));
    assert.equal(explained.score, Number(first?.score));
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
