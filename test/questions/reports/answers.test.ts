import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tallyAnswers } from '../../../src/icp/leads/tally-answers.ts';
import { createQuestions } from '../../../src/questions/create-questions.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import type { Questions } from '../../../src/questions/types.ts';
import { wilsonInterval } from '../../../src/stats/intervals/wilson-interval.ts';
import { addLeadAnswer, undoLeadAnswer } from '../../../src/store/lead-answers.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLeadAnswer, aNewAnswer } from '../../support/a-lead.ts';
import { aDeal, askablePlainBook } from '../../support/plain-book.ts';
import { importRecords } from '../../support/records.ts';
import { analyzeAgain, marketEnd } from '../../support/small-market.ts';

const day = 86_400_000;
/** A Wednesday. */
const start = Date.UTC(2026, 8, 2);

describe('tallyAnswers', () => {
  const answers = [
    aLeadAnswer(1, { at: start, tier: 1 }),
    aLeadAnswer(2, { at: start + 4 * day, tier: 1, answer: 'rejected', reason: 'Too small: four people' }),
    aLeadAnswer(3, { at: start + 5 * day, tier: 1, answer: 'rejected', reason: 'too small', by: 'SAM@ours.example' }),
    aLeadAnswer(4, { at: start + 5 * day, tier: 3, answer: 'rejected', reason: 'no budget', by: 'sam@ours.example' }),
    aLeadAnswer(5, { at: start, tier: 1, undoneAt: start + 1 }),
    aLeadAnswer(6, { at: start, tier: null, score: null }),
  ];
  const became = new Map([
    [1, { wonAt: start + 30 * day, lostAt: null }],
    [2, { wonAt: null, lostAt: null }],
    [4, { wonAt: null, lostAt: start + 30 * day }],
  ]);

  it('counts by the tier of the moment, each with its interval, and leaves out what was taken back', () => {
    const { answers: all, undone, tiers } = tallyAnswers(answers, became);
    assert.deepEqual(
      [all, undone, tiers.map(({ tier, answered }) => [tier, answered])],
      [
        5,
        1,
        [
          [1, 3],
          [3, 1],
          [null, 1],
        ],
      ],
    );
    const { low, high } = wilsonInterval(1, 3);
    assert.ok(
      Math.abs((tiers[0]?.accepted?.low ?? 0) - low) < 1e-4 && Math.abs((tiers[0]?.accepted?.high ?? 0) - high) < 1e-4,
    );
    assert.deepEqual([tiers[0]?.takenOn.won, tiers[0]?.turnedDown.rate, tiers[1]?.turnedDown.lost], [1, null, 1]);
  });

  it('puts spellings of one reason and of one person together, and parts weeks on Mondays', () => {
    const { reasons, people, weeks } = tallyAnswers(answers, became);
    assert.deepEqual(reasons, [
      { reason: 'too small', all: 2, tier1: 2 },
      { reason: 'no budget', all: 1, tier1: 0 },
    ]);
    assert.deepEqual(
      people.map(({ by, answered }) => [by, answered]),
      [
        ['rae@ours.example', 3],
        ['sam@ours.example', 2],
      ],
    );
    assert.deepEqual(
      weeks.map(({ monday, accepted, rejected }) => [new Date(monday).toISOString().slice(0, 10), accepted, rejected]),
      [
        ['2026-09-07', 0, 2],
        ['2026-08-31', 2, 1],
      ],
    );
  });

  it('says nothing of no answers', () => {
    assert.deepEqual(tallyAnswers([], new Map()), {
      answers: 0,
      undone: 0,
      tiers: [],
      reasons: [],
      people: [],
      weeks: [],
    });
  });
});

describe('the report on answers', () => {
  let store: Store;
  let questions: Questions;
  let clock = marketEnd;
  const said = async () => {
    const answer = await questions.report('answers');
    return { ...answer, words: fillIn(answer.text, answer.figures) };
  };
  before(async () => {
    ({ store, questions } = await askablePlainBook());
    questions = createQuestions({ store, now: () => clock });
  });
  after(() => store.close());

  it('says how to begin while nobody has answered', async () => {
    assert.match((await said()).words, /Nobody has answered a lead here yet/);
  });

  it('joins what was said then with what became of it since, and its receipt finds the same again after more answers', async () => {
    const at = marketEnd - 20 * day;
    const undone = await addLeadAnswer(store, aNewAnswer({ accountId: 'a0101', at, tier: 1 }));
    await addLeadAnswer(
      store,
      aNewAnswer({ leadId: 'L2', accountId: 'a0104', at, tier: 1, answer: 'rejected', reason: '{{x}} *y*' }),
    );
    await importRecords(store, [
      aDeal('new', 'a0101', { createdAt: at + day, closedAt: at + 9 * day, outcome: 'won' }),
    ]);
    await analyzeAgain(store);
    const first = await said();
    assert.match(first.words, /accepted 50.0 %.*100.0 %.*were won/);
    assert.equal((await questions.receipt(first.receipt)).same, true);
    assert.equal((await said()).receipt, first.receipt);
    clock += 60_000;
    await undoLeadAnswer(store, undone, 'rae@ours.example', clock);
    const second = await said();
    assert.match(second.words, /accepted 0.0 %/);
    assert.notEqual(second.receipt, first.receipt);
    assert.equal((await questions.receipt(first.receipt)).same, true);
  });
});
