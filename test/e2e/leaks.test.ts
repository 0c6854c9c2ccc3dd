import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { openBundle } from '../../src/connectors/csv/open-bundle.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { setBookClock } from '../../src/store/books.ts';
import { activeModel } from '../../src/store/models.ts';
import { scoreRunOf, scoresWithNames } from '../../src/store/scores.ts';
import { freshStore } from '../support/fresh-store.ts';
import { analyzeAgain, marketEnd, writeSmallMarket } from '../support/small-market.ts';

const dayMs = 86_400_000;

interface Closed {
  accountId: string;
  outcome: string;
  closedAt: number;
}

/** Every closed deal of a bundle. */
function closedDeals(folder: string): Closed[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'opportunities.csv')), { columns: true });
  return rows
    .filter(({ outcome }) => outcome !== 'open')
    .map((row) => ({
      accountId: row.account_id ?? '',
      outcome: row.outcome ?? '',
      closedAt: Date.parse(row.closed_at ?? ''),
    }));
}

/** The scores that a bundle leads to, as bytes, and what was set aside as suspect. */
async function scoresOf(folder: string): Promise<{ bytes: string; suspects: string[] }> {
  const store = await freshStore();
  try {
    await ingest({ store }, await openBundle(folder, { now: marketEnd }));
    await setBookClock(store, 'main', marketEnd);
    const { suspects } = await analyzeAgain(store);
    const run = await scoreRunOf(store, 'main');
    assert.ok(run !== null);
    const rows = await scoresWithNames(store, run, { order: 'account' });
    assert.equal((await activeModel(store, 'main'))?.model.kind, 'learned');
    return { bytes: JSON.stringify(rows.map(({ score }) => score)), suspects: suspects.map(({ field }) => field) };
  } finally {
    await store.close();
  }
}

describe('a column that equals the outcome', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-leaks-'));
  const plain = join(folder, 'plain');
  let expected: Awaited<ReturnType<typeof scoresOf>>;
  before(async () => {
    writeSmallMarket(plain);
    expected = await scoresOf(plain);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('changes no byte of any score when it is dated the day after', async () => {
    const dated = join(folder, 'dated');
    writeSmallMarket(dated);
    const [header = ''] = readFileSync(join(dated, 'observations.csv'), 'utf8').split('\n');
    const column = header.split(',');
    const lines = closedDeals(dated).map(({ accountId, outcome, closedAt }) => {
      const cells: Record<string, string> = {
        account_id: accountId,
        field: 'deal_result',
        value: outcome,
        observed_at: new Date(closedAt + dayMs).toISOString(),
        source: 'crm',
      };
      return column.map((name) => cells[name] ?? '').join(',');
    });
    appendFileSync(join(dated, 'observations.csv'), `${lines.join('\n')}\n`);
    const found = await scoresOf(dated);
    assert.equal(found.bytes, expected.bytes);
  });

  it('is set aside as suspect when it has no date', async () => {
    const undated = join(folder, 'undated');
    writeSmallMarket(undated);
    const outcomes = new Map(closedDeals(undated).map(({ accountId, outcome }) => [accountId, outcome]));
    const rows: Record<string, string>[] = parse(readFileSync(join(undated, 'accounts.csv')), { columns: true });
    const header = [...Object.keys(rows[0] ?? {}), 'deal_result'];
    const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = rows.map((row) =>
      header
        .map((name) => cell(name === 'deal_result' ? (outcomes.get(row.account_id ?? '') ?? '') : (row[name] ?? '')))
        .join(','),
    );
    writeFileSync(join(undated, 'accounts.csv'), `${[header.join(','), ...lines].join('\n')}\n`);
    const found = await scoresOf(undated);
    assert.ok(found.suspects.includes('deal_result'), found.suspects.join(', '));
    assert.equal(found.bytes, expected.bytes);
  });
});
