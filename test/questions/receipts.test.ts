import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import type { BundleRecord } from '../../src/icp/records.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { Answer, Questions } from '../../src/questions/types.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { aDeal, anAccount, askablePlainBook } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { analyzeAgain, marketEnd } from '../support/small-market.ts';

const day = 86_400_000;

describe('receipts', () => {
  let store: Store;
  let questions: Questions;
  const keysOf = async (id: string) => (await questions.receipt(id)).differences.map(({ key }) => key);
  before(async () => {
    ({ store, questions } = await askablePlainBook());
  });
  after(() => store.close());

  it('ask each question again and get the same, and go on doing so after later imports and a later model', async () => {
    const early = { at: marketEnd - 200 * day };
    const answers: Answer[] = [
      await questions.explain('a0010'),
      await questions.explain('a0010', early),
      await questions.compare('a0000', 'a0013'),
      await questions.list({ tier: 2, owner: 'dana' }),
      await questions.list({ where: { industry: 'SaaS' }, order: 'worst', limit: 3 }),
      await questions.criteria(),
      await questions.coverage(),
      await questions.history('a0010', early),
    ];
    assert.equal(new Set(answers.map(({ receipt }) => receipt)).size, answers.length, 'each has a receipt of its own');
    assert.equal((await questions.explain('a0010')).receipt, answers[0]?.receipt, 'asked twice, it is the same one');
    const check = async (when: string) => {
      for (const { receipt, question, figures, asOf } of answers) {
        const found = await questions.receipt(` ${receipt} `);
        assert.deepEqual([found.same, found.differences], [true, []], `${question} ${when}`);
        assert.deepEqual([found.figures, found.question, found.asOf], [figures, question, asOf]);
        assert.ok(found.read.length > 0);
      }
    };
    await check('at once');

    await importRecords(store, [
      anAccount('a0010', {
        name: 'Renamed',
        values: { industry: 'SaaS', employees: 1 },
        observedAt: marketEnd - 20 * day,
      }),
      ...Array.from({ length: 10 }, (_, nth) => [
        anAccount(`n${nth}`, { values: { industry: 'Energy' }, observedAt: marketEnd - 900 * day }),
        aDeal(`n${nth}`, `n${nth}`, {
          createdAt: marketEnd - 800 * day,
          closedAt: marketEnd - 700 * day,
          outcome: 'won',
        }),
      ]).flat(),
    ]);
    await store.rows(sql`update fields set left_out = 'since then' where field = 'industry'`);
    const second = await analyzeAgain(store, marketEnd, { activate: true });
    assert.deepEqual([second.version, second.accounts], [2, 370]);
    await check('after another import and another model');
    const now = await questions.explain('Renamed');
    assert.notEqual(now.receipt, answers[0]?.receipt);
  });

  it('catch a figure that was changed in the receipt', async () => {
    const { receipt, figures } = await questions.explain('a0024');
    const better = figures.map((figure) => (figure.key === 'score' ? { ...figure, v: 99.9 } : figure));
    await store.rows(sql`update receipts set figures = ${JSON.stringify(better)}::jsonb where id = ${receipt}`);
    const found = await questions.receipt(receipt);
    assert.equal(found.same, false);
    assert.deepEqual(found.differences, [
      { key: 'score', stored: 99.9, again: figures.find(({ key }) => key === 'score')?.v },
    ]);
    const fewer = figures.filter(({ key }) => key !== 'clamp');
    await store.rows(sql`update receipts set figures = ${JSON.stringify(fewer)}::jsonb where id = ${receipt}`);
    assert.deepEqual(await keysOf(receipt), ['number of figures']);
  });

  it('catch a score that was changed in the table of scores', async () => {
    const { receipt } = await questions.explain('a0012');
    await store.rows(sql`update scores set score = 100.1 where account_id = 'a0012'`);
    assert.deepEqual(await keysOf(receipt), ['score in the table of scores']);
    await store.rows(sql`update scores set tier = 4 - tier, evidence = 'Z' where account_id = 'a0013'`);
    const other = await questions.explain('a0013');
    assert.ok((await keysOf(other.receipt)).includes('evidence in the table of scores'));
    const list = await questions.list({ limit: 1 });
    assert.equal(list.card.rows[0]?.score, 100.1, 'a list is served from the table');
    const keys = await keysOf(list.receipt);
    assert.ok(keys.includes('row1.score'), `and its receipt works it out again: ${keys}`);
  });

  it('catch an attribute that was changed behind the back of an answer', async () => {
    const explained = await questions.explain('a0018');
    const compared = await questions.compare('a0018', 'a0019');
    const listed = await questions.list({ where: { industry: 'SaaS' } });
    const other = await questions.explain('a0019');
    await store.rows(
      sql`update observations set "values" = jsonb_set("values", '{industry}', '"Media"') where account_id = 'a0018'`,
    );
    assert.ok((await keysOf(explained.receipt)).includes('c.industry.points'));
    assert.ok((await keysOf(compared.receipt)).includes('left.c.industry.points'));
    assert.ok((await keysOf(listed.receipt)).includes('total'));
    assert.deepEqual(await keysOf(other.receipt), [], 'and no other answer is accused');
  });

  it('catch a table that was changed under its version', async () => {
    const { receipt } = await questions.criteria();
    await store.rows(sql`update models set model = jsonb_set(model, '{base}', '999') where version = 2`);
    assert.deepEqual(await keysOf(receipt), ['base']);
  });

  it('are not there for an id that nobody was given', async () => {
    for (const id of ['r_000000000000', '', "' or true --"]) {
      await assert.rejects(questions.receipt(id), {
        code: 'no_receipt',
        message: /receipts are named under each answer$/,
      });
    }
  });
});

describe('a book whose source has only an order', () => {
  it('shows no date of it, in any answer', async (t) => {
    const store = await freshStore();
    t.after(() => store.close());
    const deals = Array.from({ length: 200 }, (_, nth): BundleRecord[] => {
      const won = nth % 3 === 0;
      const closing = {
        createdAt: nth,
        closedAt: nth,
        outcome: won ? 'won' : 'lost',
        lossReason: won ? null : 'price',
      } as const;
      return [
        anAccount(`a${nth}`, { values: { plan: won && nth % 2 === 0 ? 'big' : 'small' } }),
        aDeal(`d${nth}`, `a${nth}`, closing),
      ];
    }).flat();
    const left: BundleRecord = {
      ...{ kind: 'customer', accountId: 'a0', startedAt: 1, endedAt: 2, churnReason: 'unhappy', arr: 3 },
      ...{ renewalOn: null, csOwnerEmail: null, more: {} },
    };
    await importRecords(store, [...deals, left], { timeKind: 'order' });
    await analyzeAgain(store);
    const questions = createQuestions({ store, now: () => marketEnd });
    for (const answer of [
      await questions.explain('a0'),
      await questions.history('a0'),
      await questions.history('a1'),
      await questions.coverage(),
      await questions.compare('a0', 'a1'),
    ]) {
      const text = JSON.stringify([answer.card, answer.figures, fillIn(answer.text, answer.figures)]);
      assert.equal(text.match(/19[67]\d/g), null, `${answer.question}: the place in an order is no date`);
    }
    const { card } = await questions.history('a0');
    assert.deepEqual(
      [card.customer?.left, card.customer?.startedAt, card.customer?.tenureMonths, card.customer?.churnReason],
      [true, null, null, 'unhappy'],
    );
    const lost = await questions.history('a1');
    assert.deepEqual(
      lost.card.deals.map(({ outcome, lossReason }) => [outcome, lossReason]),
      [['lost', 'price']],
    );
  });
});
