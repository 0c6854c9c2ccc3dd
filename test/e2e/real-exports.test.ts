import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { analyzeBook } from '../../src/compose/analyze-book.ts';
import { loadMapping } from '../../src/connectors/csv/mapping-schema.ts';
import { openBundle } from '../../src/connectors/csv/open-bundle.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { listBooks } from '../../src/store/books.ts';
import { activeModel } from '../../src/store/models.ts';
import { freshStore } from '../support/fresh-store.ts';

const root = join(import.meta.dirname, '../..');
const data = join(root, '../shared/data');
const now = Date.parse('2026-11-22');

/** A real export through its mapping, learnt and scored; the questions that can be asked of it. */
async function learn(t: TestContext, folder: string, mapping: string) {
  const store = await freshStore();
  t.after(() => store.close());
  const source = await openBundle(join(data, folder), {
    mapping: await loadMapping(join(root, 'mappings', mapping)),
    now,
  });
  await ingest({ store }, source);
  const [book] = await listBooks(store);
  assert.ok(book !== undefined);
  const analyzed = await analyzeBook(
    { store, compute: createCompute(), now: () => now, holder: 'test' },
    { book, asOf: book.clock ?? now, seed: 1, by: 'a test', onProgress: () => {} },
  );
  const active = await activeModel(store, book.name);
  assert.ok(active !== null);
  return {
    analyzed,
    model: active.model,
    questions: createQuestions({ store, compute: createCompute(), now: () => now }),
    book: book.name,
  };
}

function isHere(t: TestContext, folder: string): boolean {
  const here = existsSync(join(data, folder));
  if (!here) t.skip(`the export ${folder} is not beside the checkout (../shared/data)`);
  return here;
}

describe('the real exports', () => {
  it('say that nothing predicts on the negative control, and put no learned model in force', async (t) => {
    if (!isHere(t, 'maven_crm')) return;
    const { analyzed, model, questions, book } = await learn(t, 'maven_crm', 'maven.yaml');
    assert.equal(analyzed.verdict.kind, 'nothing predicts');
    assert.equal(model.kind, 'points');
    const { card } = await questions.criteria({ book });
    assert.match(card.verdict, /^Nothing here predicts winning yet/);
    const { explanation } = (await questions.explain('Cancity')).card;
    assert.deepEqual([explanation.score, explanation.tier, explanation.criteria.length], [50, 2, 0]);
  });

  it('are provisional at most where the source has an order but no dates, and show none', async (t) => {
    if (!isHere(t, 'xeducation_leads')) return;
    const { analyzed, model, questions, book } = await learn(t, 'xeducation_leads', 'xeducation.yaml');
    assert.equal(analyzed.verdict.kind, 'provisional');
    assert.equal(model.standing, 'provisional');
    const fields = model.criteria.map(({ field }) => field);
    for (const leak of ['tags', 'lead_quality', 'last_activity', 'asymmetrique_activity_score'])
      assert.ok(!fields.includes(leak), leak);
    const [best] = (await questions.list({ book, limit: 1 })).card.rows;
    assert.ok(best !== undefined);
    const { explanation } = (await questions.explain(best.id)).card;
    const sum = explanation.criteria.reduce(
      (total, { points }) => total + Math.round(points * 10),
      Math.round(explanation.base * 10) + Math.round(explanation.clamp * 10),
    );
    assert.equal(sum, Math.round(explanation.positive * 10));
    assert.ok(explanation.criteria.every(({ observedAt }) => observedAt === null));
  });
});
