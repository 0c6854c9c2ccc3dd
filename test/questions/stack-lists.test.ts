import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BundleRecord } from '../../src/icp/records.ts';
import { competitorsPrefix } from '../../src/questions/competitors.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { Answer, ListCard, Questions } from '../../src/questions/types.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { askablePlainBook, plainBook } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { analyzeAgain, marketEnd } from '../support/small-market.ts';

const day = 86_400_000;

const sees = (
  accountId: string,
  ago: number,
  technologies: readonly string[],
  source = 'enrichment',
): BundleRecord => ({
  ...{ kind: 'observation', accountId, values: { technologies }, observedAt: marketEnd - ago * day, source },
});

/** Everybody was looked at two years ago; nine accounts again since. */
const looks: readonly BundleRecord[] = [
  ...Array.from({ length: 360 }, (_, nth) =>
    sees(`a${String(nth).padStart(4, '0')}`, 700, nth % 2 === 0 ? ['Gong', 'Jira'] : ['Gong']),
  ),
  sees('a0020', 60, ['Gong', 'Jira', 'Zoho CRM', 'Rare Suite']),
  sees('a0021', 60, ['Gong', 'dealwright', 'ZOHO CRM']),
  sees('a0022', 200, ['Gong', 'Jira', 'Dealwright']),
  sees('a0023', 400, ['Gong', 'Dealwright']),
  sees('a0023', 50, ['Gong']),
  sees('a0024', 90, ['Gong']),
  sees('a0025', 91, ['Gong', 'HubSpot']),
  sees('a0026', 10, ['Gong'], 'crm'),
];

describe('lists by the stack', () => {
  let store: Store;
  let questions: Questions;
  const set = (tools: readonly string[]) =>
    addSetting(store, { key: `${competitorsPrefix}main`, value: tools, setAt: marketEnd, setBy: 'a test' });
  const idsOf = ({ card }: Answer<ListCard>) => card.rows.map(({ id }) => id).sort();
  const listed = async (where: Record<string, string>) => idsOf(await questions.list({ where, limit: 50 }));
  before(async () => {
    store = await freshStore();
    await importRecords(store, [...plainBook(), ...looks]);
    await analyzeAgain(store);
    questions = createQuestions({ store, now: () => marketEnd });
  });
  after(() => store.close());

  it('name the setting where nobody said which tools compete', async () => {
    await assert.rejects(questions.list({ where: { competitor: 'any' } }), {
      code: 'no_competitors',
      message: /settings technologies\.competitors\.main '\["/,
    });
  });

  it('hold who uses any of the set tools, however they are spelled, and with which', async () => {
    await set(['Dealwright', 'zoho-crm']);
    const answer = await questions.list({ where: { competitor: 'any' } });
    assert.deepEqual(idsOf(answer), ['a0020', 'a0021', 'a0022']);
    assert.equal(answer.card.total, 3);
    const reasons = new Map(answer.card.rows.map(({ id, because }) => [id, because]));
    assert.equal(reasons.get('a0020'), 'uses zoho-crm');
    assert.equal(reasons.get('a0021'), 'uses Dealwright, zoho-crm');
    const tiers = await Promise.all(
      ([1, 2, 3] as const).map((tier) => questions.list({ tier, where: { competitor: 'any' } })),
    );
    assert.deepEqual(tiers.flatMap(idsOf).sort(), idsOf(answer), 'the tiers share them out');
    for (const [at, { card }] of tiers.entries()) assert.ok(card.rows.every(({ tier }) => tier === at + 1));
    await assert.rejects(questions.list({ where: { technology: 'Rare Suite' } }), { code: 'no_field' });
    await set(['rare-suite']);
    assert.deepEqual(await listed({ competitor: 'any' }), ['a0020'], 'though too few use it for a flag');
    await set(['Gong']);
    assert.equal((await questions.list({ where: { competitor: 'any' } })).card.total, 360, 'as a flag does');
    const flag = await questions.list({ where: { technology: 'Jira' } });
    await set(['JIRA']);
    assert.equal((await questions.list({ where: { competitor: 'any' } })).card.total, flag.card.total);
  });

  it('hold who added or removed a tool within days, of the same source, to the day', async () => {
    assert.deepEqual(await listed({ 'tech-added': '90' }), ['a0020', 'a0021']);
    assert.deepEqual(await listed({ tech_added: '91 days' }), ['a0020', 'a0021', 'a0025']);
    assert.deepEqual(await listed({ 'technology added': 'Dealwright 300' }), ['a0021', 'a0022']);
    assert.deepEqual(await listed({ 'tech-removed': '90' }), ['a0023', 'a0024']);
    assert.deepEqual(await listed({ 'tech-removed': '89' }), ['a0023']);
    assert.deepEqual(await listed({ 'tech-removed': 'jira:90' }), ['a0024']);
    await set(['Dealwright', 'Zoho CRM']);
    for (const word of ['competitor', 'Competitors', 'a competitor'])
      assert.deepEqual(await listed({ 'tech-removed': `${word} 90` }), ['a0023']);
    assert.deepEqual(await listed({ competitor: 'any', 'tech-added': '90', industry: 'Media' }), ['a0020']);
    const [row] = (await questions.list({ where: { 'tech-removed': 'jira 90' } })).card.rows;
    assert.equal(row?.because, `removed Jira (seen ${new Date(marketEnd - 90 * day).toISOString().slice(0, 10)})`);
  });

  it('ask for days where there are none', async () => {
    for (const value of ['HubSpot', '0', 'soon', 'HubSpot -5'])
      await assert.rejects(questions.list({ where: { 'tech-added': value } }), /needs a number of days/, value);
  });

  it('name the tools that are spelled like one that nobody is known to use', async () => {
    const { text, card, figures } = await questions.list({ where: { 'tech-added': 'Jirra 90' } });
    assert.equal(card.total, 0);
    assert.match(fillIn(text, figures), /Too few accounts are known to use Jirra; spelled most like it: Jira\b/);
    const nobody = await questions.list({ where: { 'tech-added': 'Jira 90' } });
    assert.doesNotMatch(nobody.text, /spelled/, 'a tool that is known is not questioned');
  });

  it('have receipts that hold the competitors as they were set then', async () => {
    await set(['Dealwright', 'Zoho CRM']);
    const answers = [
      await questions.list({ where: { competitor: 'any' } }),
      await questions.list({ where: { 'tech-removed': 'competitor 90' } }),
      await questions.list({ where: { 'tech-added': '90' } }),
    ];
    await set(['Gong']);
    for (const { receipt, figures } of answers) {
      const found = await questions.receipt(receipt);
      assert.deepEqual([found.same, found.differences, found.figures], [true, [], figures]);
    }
    const kept = await questions.receipt(answers[0]?.receipt ?? '');
    assert.deepEqual(kept.arguments.competitors, ['Dealwright', 'Zoho CRM']);
    assert.ok(kept.read.some((line) => line.includes('Dealwright, Zoho CRM')));
    const now = await questions.list({ where: { competitor: 'any' } });
    assert.notEqual(now.receipt, answers[0]?.receipt);
    assert.equal(now.card.total, 360);
  });

  it('say that a book without technologies has none, rather than that nobody matches', async (t) => {
    const plain = await askablePlainBook();
    t.after(() => plain.store.close());
    await assert.rejects(plain.questions.list({ where: { 'tech-added': '90' } }), {
      code: 'no_field',
      message: /needs a field technologies/,
    });
  });
});
