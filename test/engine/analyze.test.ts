import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainAccount } from '../../src/icp/explain.ts';
import { readAccount } from '../../src/icp/features/read-account.ts';
import type { BundleRecord } from '../../src/icp/records.ts';
import { latestImport } from '../../src/store/books.ts';
import { activeModel } from '../../src/store/models.ts';
import { scoreRunOf, scoresWithNames } from '../../src/store/scores.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { historiesAt, importRecords } from '../support/records.ts';
import { analyzeAgain, marketEnd, withSmallMarket } from '../support/small-market.ts';

const day = 86_400_000;

async function allScores(store: Store) {
  const run = await scoreRunOf(store, 'main');
  assert.ok(run !== null);
  return (await scoresWithNames(store, run, { order: 'account' })).map(({ score }) => score);
}

async function activeTable(store: Store) {
  const active = await activeModel(store, 'main');
  assert.ok(active !== null);
  return active;
}

describe('analyze and rescore on a small market', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
    const { analyzed } = await withSmallMarket(store);
    assert.ok(['full', 'provisional'].includes(analyzed.verdict.kind), analyzed.verdict.sentence);
    assert.deepEqual([analyzed.version, analyzed.changed, analyzed.accounts], [1, true, 1_000]);
  });
  after(() => store.close());

  it('store for every account the score that explaining it gives', async () => {
    const { model, version, catalogue } = await activeTable(store);
    const histories = await historiesAt(store, (await latestImport(store, 'main')) ?? 0);
    const scores = await allScores(store);
    assert.equal(scores.length, histories.length);
    for (const [nth, history] of histories.entries()) {
      const { explanation, questions } = explainAccount({
        ...{ model, modelVersion: version, timeKind: 'dates', history, asOf: marketEnd },
        read: readAccount(history, catalogue, marketEnd),
      });
      const stored = scores[nth];
      assert.deepEqual(
        [stored?.accountId, stored?.score, stored?.tier, stored?.positive, stored?.detractorMatch, stored?.evidence],
        [
          ...[history.id, explanation.score, explanation.tier, explanation.positive],
          ...[explanation.detractor.match, explanation.evidence.grade],
        ],
      );
      assert.deepEqual(
        [stored?.pWon, stored?.pChurned, stored?.flagged, stored?.fitPoints, stored?.timingPoints, stored?.label],
        [
          ...[explanation.levers.won, explanation.detractor.probability, explanation.detractor.flagged],
          ...[questions.fit.points / 10, questions.timing.points / 10, questions.label],
        ],
      );
    }
    assert.ok(new Set(scores.map(({ score }) => score)).size > 50, 'and they are not all alike');
  });

  it('make one version of the same data on the same day, however often', async () => {
    const before = JSON.stringify(await activeTable(store));
    const again = await analyzeAgain(store);
    assert.deepEqual([again.version, again.changed], [1, false]);
    assert.equal(JSON.stringify(await activeTable(store)), before, 'the same bytes');
    assert.equal((await scoreRunOf(store, 'main'))?.asOf, marketEnd);
  });

  it('do not let a churned account score high on old usage', async () => {
    const histories = await historiesAt(store, (await latestImport(store, 'main')) ?? 0);
    const left = new Map(
      histories
        .filter(({ customers }) => customers.some(({ endedAt }) => endedAt !== null && endedAt < marketEnd - 180 * day))
        .map((history) => [history.id, history.usage.length]),
    );
    assert.ok(left.size > 5, `${left.size} accounts left long ago`);
    // Rich old usage on top of what they had: nothing that ended may lift them.
    const { model, version, catalogue } = await activeTable(store);
    for (const history of histories.filter(({ id }) => left.has(id))) {
      const end = history.customers.at(-1)?.endedAt ?? 0;
      const usage = Array.from({ length: 24 }, (_, month) => ({
        ...{ periodStart: end - (month + 1) * 30 * day, metric: 'active_users', value: 500 },
      }));
      const scoreOf = (one: typeof history) =>
        explainAccount({
          ...{ model, modelVersion: version, timeKind: 'dates', history: one, asOf: marketEnd },
          read: readAccount(one, catalogue, marketEnd),
        }).explanation.score;
      assert.equal(scoreOf({ ...history, usage: [...history.usage, ...usage] }), scoreOf({ ...history, usage: [] }));
    }
  });

  it('propose a second version of new data, and put it in force only for the operator who says so', async () => {
    const deals = Array.from({ length: 60 }, (_, nth): BundleRecord[] => [
      {
        ...{ kind: 'account', id: `new${nth}`, name: `New ${nth}`, domain: null, ownerEmail: null },
        ...{ values: { industry: 'Energy' }, observedAt: marketEnd - 400 * day, source: 'import' },
      },
      {
        ...{
          kind: 'opportunity',
          id: `new-deal${nth}`,
          accountId: `new${nth}`,
          createdAt: marketEnd - (390 - nth) * day,
        },
        ...{ closedAt: marketEnd - (300 - nth) * day, outcome: 'won', amount: 9, type: 'new', closeDate: null },
        ...{ budgetConfirmed: null, nextStep: null, lossReason: null, source: null, stakeholders: null, more: {} },
      },
    ]).flat();
    await importRecords(store, deals);
    const again = await analyzeAgain(store);
    assert.deepEqual([again.version, again.candidateVersion, again.changed, again.accounts], [1, 2, false, 1_060]);
    assert.equal((await activeTable(store)).version, 1, 'a person decides what comes into force');
    assert.deepEqual([again.proposal?.baseVersion, again.proposal?.standing], [1, 'open']);
    const own = await analyzeAgain(store, marketEnd, { activate: true });
    assert.deepEqual([own.version, own.candidateVersion, own.changed, own.proposal], [3, null, true, null]);
    assert.equal((await activeTable(store)).version, 3);
  });
});

/** So many accounts with a deal each; `columns` gives their attributes, told the outcome. */
function dealsOf(n: number, columns: (nth: number, won: boolean) => Record<string, string | number>): BundleRecord[] {
  return Array.from({ length: n }, (_, nth): BundleRecord[] => {
    const won = (nth * 7_919) % 5 < 2;
    const begun = marketEnd - (1_200 - nth * 2) * day;
    const id = `a${String(nth).padStart(4, '0')}`;
    return [
      {
        ...{ kind: 'account', id, name: null, domain: null, ownerEmail: null, values: columns(nth, won) },
        ...{ observedAt: null, source: 'import' },
      },
      {
        ...{ kind: 'opportunity', id: `d${nth}`, accountId: id, createdAt: begun, closedAt: begun + 30 * day },
        ...{ outcome: won ? 'won' : 'lost', amount: 9, type: 'new', closeDate: null, budgetConfirmed: null },
        ...{ nextStep: null, lossReason: null, source: null, stakeholders: null, more: {} },
      },
    ];
  }).flat();
}

/** Mixes a number's bits, so that a column has nothing to do with its row. */
const mixed = (nth: number) => (Math.imul(nth + 1, 0x9e3779b1) >>> 16) % 1_000;

describe('analyze where there is little to learn', () => {
  it('takes the written ICP for a book with too few outcomes, and says how many are missing', async () => {
    const store = await freshStore();
    await importRecords(
      store,
      dealsOf(60, (nth) => ({ industry: nth % 2 === 0 ? 'FINTECH' : 'Media', employees: 100 })),
    );
    const { verdict } = await analyzeAgain(store);
    assert.equal(verdict.kind, 'not enough data');
    assert.match(verdict.sentence, /26 more won deals and 14 more lost deals/);
    const { model } = await activeTable(store);
    assert.deepEqual([model.kind, model.standing, model.criteria.length], ['points', 'hypothesis', 8]);
    const scores = await allScores(store);
    assert.deepEqual(
      scores.slice(0, 2).map(({ score, evidence }) => [score, ['C', 'D'].includes(evidence)]),
      [
        [22, true],
        [12, true],
      ],
      'FINTECH is the FinTech of the written ICP',
    );
    await store.close();
  });

  it('gives everybody 50, and no tier 1, where the outcomes have nothing to do with what is known', async () => {
    const store = await freshStore();
    await importRecords(
      store,
      dealsOf(500, (nth) => ({ size: mixed(nth), colour: ['red', 'blue', 'green'][mixed(nth + 9_000) % 3] ?? '' })),
    );
    const { verdict, warnings } = await analyzeAgain(store);
    assert.equal(verdict.kind, 'nothing predicts', verdict.sentence);
    assert.match(verdict.sentence, /^nothing here predicts winning yet.*what would help/);
    assert.ok(Array.isArray(warnings));
    const scores = await allScores(store);
    assert.deepEqual(new Set(scores.map(({ score }) => score)), new Set([50]));
    assert.deepEqual(new Set(scores.map(({ tier }) => tier)), new Set([2]));
    await store.close();
  });

  it('sets a column that copies the outcome aside until a person allows it', async () => {
    const store = await freshStore();
    await importRecords(
      store,
      dealsOf(500, (nth, won) => ({ stage_reached: won ? 'signed' : 'stopped', size: mixed(nth) })),
    );
    const first = await analyzeAgain(store);
    assert.deepEqual(
      first.suspects.map(({ field }) => field),
      ['stage_reached'],
    );
    assert.equal(first.verdict.kind, 'nothing predicts');
    await addSetting(store, { key: 'fields.allowed.main', value: ['stage_reached'], setAt: 0, setBy: 'a test' });
    const allowed = await analyzeAgain(store, marketEnd, { activate: true });
    assert.deepEqual([allowed.suspects, allowed.verdict.kind], [[], 'full']);
    assert.ok((await activeTable(store)).model.criteria.some(({ field }) => field === 'stage_reached'));
    await store.close();
  });

  it('says what to do where there is nothing at all', async () => {
    const store = await freshStore();
    await importRecords(store, [{ kind: 'person', email: 'a@b', slackId: null, name: 'A', role: 'rep' }]);
    const { verdict, accounts } = await analyzeAgain(store);
    assert.deepEqual([verdict.kind, accounts], ['not enough data', 0]);
    await store.close();
  });
});
