import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dataBoundsIn } from '../../src/engine/data-quality.ts';
import { cautionsOnData } from '../../src/engine/proposals/data-cautions.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { Answer, Figure } from '../../src/questions/types.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { aDeal, anAccount, askablePlainBook } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { analyzeAgain, marketEnd } from '../support/small-market.ts';

const day = 86_400_000;
const read = (answer: Answer) => fillIn(answer.text, answer.figures);
const figure = (answer: Answer, key: string): Figure['v'] | undefined =>
  answer.figures.find((candidate) => candidate.key === key)?.v;

describe('how good the data are', () => {
  let store: Store;
  let questions: Awaited<ReturnType<typeof askablePlainBook>>['questions'];
  before(async () => {
    ({ store, questions } = await askablePlainBook());
  });
  after(() => store.close());

  it('is said of criteria and coverage: the ratio, the span by source, and every layer', async () => {
    const [criteria, coverage] = [await questions.criteria(), await questions.coverage()];
    for (const answer of [criteria, coverage]) {
      // 108 of 360 were won; the first account was observed 1,009 days before the end, one of them again 60 days before it.
      assert.equal(figure(answer, 'quality.wonForLost'), 108 / 252);
      assert.equal(figure(answer, 'quality.days'), 949);
      assert.deepEqual(
        answer.card.data?.quality.history.sources.map(({ source, days }) => [source, days]),
        [
          ['import', 359],
          ['registry', 0],
        ],
      );
      assert.deepEqual(
        answer.card.data?.layers.map(({ layer, state }) => [layer, state]),
        [
          ['firmographic', 'criteria'],
          ['technographic', 'no usable data for this layer'],
          ['behavioural', 'no usable data for this layer'],
          ['pain', 'no usable data for this layer'],
        ],
      );
      assert.match(answer.card.data?.layers[2]?.sentence ?? '', /known of 1 of 360 accounts/);
      assert.match(
        read(answer),
        /Layers from which nothing was learnt: technographic \(no usable data for this layer\)/,
      );
    }
    assert.match(
      read(coverage),
      /Accounts were observed over 949 days; 180 are enough \(27 Dec 2023 to 2 Aug 2026\)\./,
    );
    assert.doesNotMatch(read(criteria), /observed over/, 'the criteria say cautions only');
  });

  it('has bounds that a person may set in part, and none that make no sense', () => {
    assert.deepEqual(dataBoundsIn({ historyDays: 90 }), { wonToLost: [0.1, 2], historyDays: 90 });
    for (const wrong of [
      null,
      3,
      [],
      { wonToLost: [2, 1] },
      { wonToLost: [1] },
      { historyDays: -1 },
      { wonToLost: 'x' },
    ])
      assert.equal(dataBoundsIn(wrong), null, JSON.stringify(wrong));
  });

  it('is held against the bounds that are set, and a receipt keeps those that it was asked under', async () => {
    const first = await questions.criteria();
    await addSetting(store, {
      ...{ key: 'quality.main', value: { wonToLost: [0.5, 1], historyDays: 1_000 } },
      ...{ setAt: marketEnd, setBy: 'a test' },
    });
    const second = await questions.criteria();
    assert.match(read(second), /is below the bounds of 0\.5 to 1.*949 days, fewer than the 1000/);
    assert.notEqual(first.receipt, second.receipt);
    for (const { receipt } of [first, second]) assert.equal((await questions.receipt(receipt)).same, true);
    const about = { book: 'main', importId: 1, asOf: marketEnd, baseVersion: 1 };
    assert.deepEqual(await cautionsOnData(store, { ...about, draftedAt: marketEnd - 1 }), []);
    assert.equal((await cautionsOnData(store, { ...about, draftedAt: marketEnd })).length, 2);
  });
});

describe('how good too few data are', () => {
  it('is told of a book of wins only, observed on one day', async () => {
    const store = await freshStore();
    try {
      const closed = { createdAt: marketEnd - 90 * day, closedAt: marketEnd - 30 * day, outcome: 'won' } as const;
      const seen = { values: { industry: 'SaaS' }, observedAt: marketEnd - 99 * day };
      const records = [0, 1, 2].flatMap((nth) => [anAccount(`a${nth}`, seen), aDeal(`d${nth}`, `a${nth}`, closed)]);
      await importRecords(store, records);
      await analyzeAgain(store);
      const text = read(await createQuestions({ store, now: () => marketEnd }).criteria());
      assert.match(text, /3 won and 0 lost to learn from: without losses nothing tells winners apart/);
      assert.match(text, /Accounts were observed over 0 days, fewer than the 180/);
    } finally {
      await store.close();
    }
  });

  it('cannot be told of accounts that have neither deals nor dates', async () => {
    const store = await freshStore();
    try {
      await importRecords(store, [anAccount('a1', { values: { industry: 'SaaS' } })]);
      await analyzeAgain(store);
      const answer = await createQuestions({ store, now: () => marketEnd }).coverage();
      assert.match(read(answer), /nothing was won or lost yet\. How long accounts have been observed cannot be told/);
      assert.deepEqual([figure(answer, 'quality.wonForLost'), figure(answer, 'quality.days')], [null, null]);
      assert.match(answer.card.data?.layers[0]?.sentence ?? '', /no usable data for this layer/);
    } finally {
      await store.close();
    }
  });
});
