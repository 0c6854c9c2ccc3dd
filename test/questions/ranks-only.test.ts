import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CalibrationFindings } from '../../src/icp/impact/calibration.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import { ranksOnlyAt } from '../../src/questions/ranks-only.ts';
import type { Questions } from '../../src/questions/types.ts';
import { breakdown } from '../../src/slack/views/breakdown.ts';
import { addFindings, findingsAt } from '../../src/store/findings.ts';
import type { Store } from '../../src/store/store.ts';
import { askablePlainBook } from '../support/plain-book.ts';
import { readMessage } from '../support/slack-block-kit.ts';
import { marketEnd } from '../support/small-market.ts';

const day = 86_400_000;
const test = { what: 'wins of all accounts', p: 0.001, off: true };
const line = 'calibration failed on 1 Oct 2026: the score ranks, it does not promise';

describe('chances that an analysis does not stand by', () => {
  let store: Store;
  let questions: Questions;
  before(async () => {
    ({ store, questions } = await askablePlainBook());
  });
  after(() => store?.close());

  const at = { book: 'main', importId: 1, asOf: marketEnd };
  const found = async (calibration: Partial<CalibrationFindings>) => {
    const last = (await findingsAt(store, at)) ?? assert.fail('the book was not looked through');
    const { id: _, contentHash: __, findings, ...kept } = last;
    const changed = { ...findings, calibration: { ...findings.calibration, ...calibration } };
    await addFindings(store, { ...kept, findings: changed }, marketEnd);
  };
  const chancesOf = async () => {
    const answer = await questions.explain('a0012');
    const { explanation } = answer.card;
    const shares = answer.figures.filter(({ key }) => key.startsWith('p.'));
    const why = breakdown(answer).map(readMessage).join('\n');
    return { answer, explanation, shares, why, words: fillIn(answer.text, answer.figures) };
  };

  it('are told no more once it fails, in Why, in figures and as data, and are told again once it holds', async () => {
    await found({ mode: 'probabilities', tests: [] });
    const before = await chancesOf();
    assert.match(before.why, /\*Chance to be\* {2}accepted .*won \d/);
    assert.equal(before.shares.length, 4);
    assert.ok(before.explanation.levers.won !== null && before.explanation.ranksOnly === undefined);

    await found({ mode: 'ranks', tests: [test] });
    const then = await chancesOf();
    assert.doesNotMatch(then.why, /Chance to be/);
    assert.ok(then.why.includes(line), then.why);
    assert.deepEqual(then.shares, []);
    assert.deepEqual(Object.values(then.explanation.levers), [null, null, null, null]);
    assert.equal(then.answer.figures.find(({ key }) => key === 'ranksOnly')?.v, line);
    assert.equal(then.explanation.score, before.explanation.score);
    const compared = await questions.compare('a0012', 'a0013');
    assert.ok(compared.figures.every(({ key }) => !/^(left|right)\.p\./.test(key)));

    await found({ mode: 'probabilities', tests: [] });
    assert.equal((await chancesOf()).answer.receipt, before.answer.receipt);
    for (const { receipt } of [before.answer, then.answer, compared])
      assert.deepEqual((await questions.receipt(receipt)).differences, []);
  });

  it('are not told either where too little happened to check them, which is no failure', async () => {
    await found({ mode: 'ranks', tests: [] });
    const { explanation, why } = await chancesOf();
    assert.match(explanation.ranksOnly ?? '', /^too little had happened by 1 Oct 2026/);
    assert.doesNotMatch(why, /calibration failed|Chance to be/);
  });

  it('are told of a day and an import that the analysis had not seen', async () => {
    assert.equal(await ranksOnlyAt(store, { ...at, asOf: marketEnd - day }), null);
    assert.equal(await ranksOnlyAt(store, { ...at, importId: 0 }), null);
    assert.equal(await ranksOnlyAt(store, { ...at, book: 'other' }), null);
  });
});
