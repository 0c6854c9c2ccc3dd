import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { ReportCard } from '../../src/questions/report-card.ts';
import type { Answer, Questions } from '../../src/questions/types.ts';
import { activateModel, activeModel, addModel } from '../../src/store/models.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { analyzeAgain, marketEnd, onlyBook, withSmallMarket } from '../support/small-market.ts';

const sample = path.resolve(import.meta.dirname, '../../hypotheses/sample-icp.yaml');

/** Every sentence and cell as a person reads it, under its heading. */
function read({ text, figures, card }: Answer<ReportCard>): string {
  const keys = figures.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'every figure has a key of its own');
  const cells = card.sections.flatMap(({ heading, lines, table }) => [
    heading ?? '',
    ...lines,
    ...(table?.rows.map((row) => row.join(' | ')) ?? []),
  ]);
  return [text, ...cells].map((words) => fillIn(words, figures)).join('\n');
}

describe('the old scoring beside the one in force', () => {
  let store: Store;
  let questions: Questions;
  before(async () => {
    store = await freshStore();
    await withSmallMarket(store);
    questions = createQuestions({ store, now: () => marketEnd });
  });
  after(() => store?.close());

  const valueIn = ({ figures }: Answer, key: string) => figures.find((figure) => figure.key === key)?.v;

  it('is the points that come with the product where nothing else is older, which it says with the way to set others', async () => {
    const answer = await questions.report('scorings');
    const words = read(answer);
    assert.match(words, /^Old: Four layers, the points by hand that come with Lodestar\. New: version 1, in force/);
    assert.match(words, /There is nothing older of yours: no written ICP is set/);
    assert.match(words, /lodestar settings hypothesis\.main FILE/);
    assert.match(words, /it says no chance/);
    const again = await questions.receipt(answer.receipt);
    assert.deepEqual([again.same, again.differences], [true, []]);
  });

  it('gives of every account named the score that the account itself is told with, and counts all tiers', async () => {
    const answer = await questions.report('scorings');
    const { up, down, moves, accounts } = answer.card.data as {
      up: { id: string; now: number; tier: number }[];
      down: { id: string; now: number; tier: number }[];
      moves: { accounts: number }[];
      accounts: number;
    };
    assert.deepEqual([up.length, down.length], [10, 10]);
    for (const { id, now, tier } of [up[0]!, down[0]!]) {
      const explained = await questions.explain(id);
      assert.deepEqual([valueIn(explained, 'score'), valueIn(explained, 'tier')], [now, tier]);
    }
    assert.equal(accounts, 1_000);
    assert.equal(
      valueIn(answer, 'changed'),
      moves.reduce((sum, each) => sum + each.accounts, 0),
    );
  });

  it('is the version before where no ICP is written, and says that it has seen the accounts', async () => {
    const { name: book } = await onlyBook(store);
    const first = (await activeModel(store, book)) ?? assert.fail('no model');
    const { cuts } = first.model;
    const model = { ...first.model, cuts: { ...cuts, primary: cuts.primary - 10 } };
    const second = await addModel(store, { ...first, model }, marketEnd + 1);
    await activateModel(store, second, { by: 'a test', at: marketEnd + 1, kind: 'approved' });
    await analyzeAgain(store, marketEnd, { activate: true });
    const answer = await questions.report('scorings');
    const words = read(answer);
    assert.match(words, /^Old: version \d+, in force before, learnt\. New: version \d+, in force/);
    assert.match(words, /No written ICP is set, so the old scoring is the version before/);
    assert.match(words, /judged on some that it had seen: that flatters it/);
    const again = await questions.receipt(answer.receipt);
    assert.deepEqual([again.same, again.differences], [true, []]);
  });

  it('says of a written ICP that no analysis has seen it yet, and compares with it from the next one on', async () => {
    await addSetting(store, { key: 'hypothesis.main', value: sample, setAt: marketEnd, setBy: 'a test' });
    assert.match(read(await questions.report('scorings')), /is set that no analysis has seen yet/);
    await analyzeAgain(store);
    const words = read(await questions.report('scorings'));
    assert.match(words, /^Old: Nine weighted criteria, the written ICP, a sum of points by hand\./);
    assert.doesNotMatch(words, /nothing older|no analysis has seen yet/);
    assert.match(words, /At foreseeing winning on later accounts that neither was learnt from, the new one/);
    // Both versions were learnt on the last day, which the leaderboard says of each by its name.
    assert.match(
      read(await questions.report('backtest')),
      /I cannot tell yet: only 0 accounts[\s\S]*Without a rank, .*version \d, in force/,
    );
  });
});
