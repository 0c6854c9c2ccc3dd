import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { UsageError } from '../../src/errors.ts';
import type { ScoreSupport } from '../../src/icp/score-support.ts';
import type { TwinsFindings } from '../../src/icp/twins/twins-of.ts';
import { answerDirectly, askDirectly } from '../../src/questions/direct-reports.ts';
import type { Draft, QuestionPorts } from '../../src/questions/draft.ts';
import { explainQuestion } from '../../src/questions/explain-account.ts';
import { fillIn, formatDate } from '../../src/questions/format-figure.ts';
import type { Pin } from '../../src/questions/pin.ts';
import type { ReportCard, ReportOptions, ReportTopic } from '../../src/questions/report-card.ts';
import { sideAt } from '../../src/questions/side-at.ts';
import { twinsQuestion } from '../../src/questions/twins.ts';
import type { Answer, Figure, Questions } from '../../src/questions/types.ts';
import { whatWouldItTakeQuestion } from '../../src/questions/what-would-it-take.ts';
import { since, whyChangedQuestion } from '../../src/questions/why-changed.ts';
import { worthFindingOutQuestion } from '../../src/questions/worth-finding-out.ts';
import { registerRuns } from '../../src/store/job-runs.ts';
import { activateModel, activeModel, addModel } from '../../src/store/models.ts';
import type { Store } from '../../src/store/store.ts';
import { askablePlainBook } from '../support/plain-book.ts';
import { marketEnd } from '../support/small-market.ts';

const day = 86_400_000;

/** Every sentence and cell as a person reads it; fails when a figure is missing or when two have one key. */
function read({ text, figures, card }: Draft<ReportCard>): string {
  const keys = figures.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'every figure has a key of its own');
  const cells = card.sections.flatMap(({ lines, table }) => [...lines, ...(table?.rows.flat() ?? [])]);
  return [text, ...cells].map((words) => fillIn(words, figures)).join('\n');
}

const said = ({ text, figures }: Pick<Answer, 'text' | 'figures'>): string => fillIn(text, figures);

describe('reports that are worked out when they are asked for', () => {
  let store: Store;
  let questions: Questions;
  before(async () => {
    ({ store, questions } = await askablePlainBook());
  });
  after(() => store?.close());

  async function ask(topic: ReportTopic, options: ReportOptions = {}): Promise<Draft<ReportCard>> {
    const asked = await askDirectly(store, topic, options, marketEnd);
    assert.ok(asked !== null);
    const ports = { store, compute: createCompute(), again: false };
    const draft = await answerDirectly(ports, asked.pin, asked.args);
    // A receipt keeps the arguments as JSON and asks again.
    const again = await answerDirectly({ ...ports, again: true }, asked.pin, JSON.parse(JSON.stringify(asked.args)));
    assert.deepEqual(again.figures, draft.figures);
    return draft;
  }

  const figure = ({ figures }: Draft<ReportCard>, key: string) => figures.find((candidate) => candidate.key === key)?.v;

  it('split why a score changed into parts that add up, and name what was put right', async () => {
    const draft = await ask('why-changed', { about: 'a0010', at: marketEnd - 90 * day });
    const sentence = read(draft);
    assert.match(sentence, /industry: Retail became Media, by registry/);
    const parts = ['data', 'enrichmentFix', 'model', 'decay'].map((part) => Number(figure(draft, `part.${part}`)));
    const sum = parts.reduce((total, part) => total + Math.round(part * 10), 0) / 10;
    assert.equal(sum, figure(draft, 'difference'));
    const now = await questions.explain('a0010');
    const then = await questions.explain('a0010', { at: marketEnd - 90 * day });
    assert.equal(figure(draft, 'score'), now.card.explanation.score);
    assert.equal(figure(draft, 'scoreBefore'), then.card.explanation.score);
    assert.match(sentence, /version \d+.*activated/);
  });

  it('score an earlier day under the model that was in force on it, and say who activated it', async () => {
    const now = await activeModel(store, 'main');
    assert.ok(now !== null);
    const { book, importId, asOf, model, catalogue, verdict } = now;
    const earlier = { book, importId, asOf, catalogue, verdict, model: { ...model, base: model.base - 100 } };
    const version = await addModel(store, earlier, marketEnd - 60 * day);
    await activateModel(store, version, { by: 'dana', at: marketEnd - 40 * day });
    const under = async (days: number) => {
      const answer = await questions.explain('a0200', { at: marketEnd - days * day });
      const { read: seen } = await questions.receipt(answer.receipt);
      const { modelVersion, warnings } = answer.card.explanation;
      return {
        version: modelVersion,
        receipt: answer.receipt,
        said: seen.join('\n'),
        sentence: said(answer),
        warnings: warnings.join('\n'),
      };
    };
    const then = await under(30);
    assert.equal(then.version, version);
    assert.match(then.said, /in force on that day: activated on .* by dana/);
    assert.match(then.warnings, /in force on that day: activated on .* by dana/);
    const on = (days: number) => formatDate(new Date(marketEnd - days * day).toISOString());
    assert.ok(then.sentence.includes(`as it was known on ${on(30)}, under model version ${version},`), then.sentence);
    assert.ok(then.sentence.includes(`activated on ${on(40)} by dana.`), then.sentence);
    const before = await under(50);
    assert.equal(before.version, now.version);
    for (const words of [before.said, before.sentence, before.warnings])
      assert.match(words, /no model was in force on that day.* version \d+ stands in, activated on /);
    const ofNow = await questions.explain('a0200', { at: marketEnd });
    assert.doesNotMatch(said(ofNow), /that day/, 'the button of a card of now asks about no other day');
    const both = await questions.compare('a0200', 'a0201', { at: marketEnd - 30 * day });
    assert.match(said(both), /which was in force on that day: activated on .* by dana/);
    const draft = await ask('why-changed', { about: 'a0200', at: marketEnd - 30 * day });
    assert.equal(figure(draft, 'part.model'), 10);
    assert.match(read(draft), /Then: version \d+, in force since .*, activated by dana/);
    await activateModel(store, now.version, { by: 'rita', at: marketEnd + day, kind: 'rolled back' });
    await activateModel(store, version, { by: 'dana', at: marketEnd + 2 * day });
    for (const { receipt } of [then, before, both]) assert.ok((await questions.receipt(receipt)).same);
  });

  it('look back thirty days when nobody says since when', async () => {
    const draft = await ask('why-changed', { about: 'a0010' });
    assert.equal(figure(draft, 'from'), new Date(marketEnd - 30 * day).toISOString());
  });

  it('say what it would take, and that nothing that can be changed is enough where that is so', async () => {
    const worst = (await questions.list({ order: 'worst', limit: 1 })).card.rows[0];
    const best = (await questions.list({ limit: 1 })).card.rows[0];
    assert.ok(worst !== undefined && best !== undefined);
    assert.match(
      read(await ask('what-would-it-take', { about: worst.id })),
      /Nothing that can be changed makes .* tier \d/,
    );
    assert.match(read(await ask('what-would-it-take', { about: best.id, tier: 2 })), /needs nothing to be tier 2/);
    const asked = await ask('what-would-it-take', { about: worst.id, tier: 1 });
    assert.equal(figure(asked, 'wanted'), 1);
  });

  it('say what is worth finding out of one account, and leave the whole book to the analysis', async () => {
    assert.match(read(await ask('missing-fields', { about: 'a0020' })), /Nothing that counts is missing of/);
    assert.equal(await askDirectly(store, 'missing-fields', {}, marketEnd), null);
  });

  it('list who is early and who is off-profile as the lists do', async () => {
    const draft = await ask('early');
    read(draft);
    const list = await questions.list({ label: 'fit, early' });
    assert.equal(figure(draft, 'early'), list.card.total);
  });

  it('tell the ages of what came in, and how the jobs went', async () => {
    const run = { dueAt: marketEnd - day, skippedBecause: 'the {{file}} was away' };
    await registerRuns(store, 'sync', [run], marketEnd);
    const draft = await ask('freshness');
    const said = read(draft);
    assert.match(said, /registry: attributes/);
    assert.match(said, /web: signals/);
    assert.match(said, /the \{ \{file\}\} was away/);
    const web = draft.figures.findIndex(({ v }) => v === 'web: signals');
    assert.equal(draft.figures[web + 1]?.v, 1);
    assert.equal(draft.figures[web + 3]?.v, 5);
  });

  describe('on an account of low evidence', () => {
    // By points that are only a hypothesis, all are of low evidence but the one of which something was heard lately.
    const rough = 'a0020';
    const sure = 'a0010';
    const ports = (): QuestionPorts => ({ store, compute: createCompute(), again: false });
    let pin: Pin;
    before(async () => {
      const asked = await askDirectly(store, 'why-changed', { about: sure }, marketEnd);
      assert.ok(asked !== null);
      const { model } = asked.pin;
      pin = { ...asked.pin, model: { ...model, model: { ...model.model, standing: 'hypothesis' } } };
    });
    const scoreIn = ({ figures }: { figures: readonly Figure[] }, key = 'score') => {
      const found = figures.find((candidate) => candidate.key === key);
      assert.ok(found !== undefined);
      const { label: _, ...rest } = found;
      return rest;
    };
    const explained = async (account: string) => scoreIn(await explainQuestion(ports(), pin, { account }));
    const holdsTheScore = ({ v, low, high, rough: isRough }: Partial<Figure>) =>
      isRough === true && typeof v === 'number' && (low ?? v + 1) <= v && v <= (high ?? v - 1);

    it('tell its score with the range that its explanation has, and that of another one bare', async () => {
      assert.ok(holdsTheScore(await explained(rough)), JSON.stringify(await explained(rough)));
      assert.deepEqual(Object.keys(await explained(sure)), ['key', 'v', 'unit']);
      for (const account of [rough, sure]) {
        const drafts = [
          await whatWouldItTakeQuestion(ports(), pin, { account, changeable: null }),
          await worthFindingOutQuestion(ports(), pin, { account }),
          await whyChangedQuestion(ports(), pin, { account, ...(await since(store, pin, {})) }),
        ];
        for (const draft of drafts) assert.deepEqual(scoreIn(draft), await explained(account), draft.card.topic);
      }
    });

    it('tell the score of then by the evidence of then', async () => {
      const draft = await whyChangedQuestion(ports(), pin, { account: rough, ...(await since(store, pin, {})) });
      const at = pin.asOf - 30 * day;
      const { model } = await sideAt(store, pin, at);
      const before30 = await explainQuestion(ports(), { ...pin, asOf: at, model }, { account: rough });
      assert.deepEqual(scoreIn(draft, 'scoreBefore'), { ...scoreIn(before30), key: 'scoreBefore' });
    });

    it('tell its score with a range beside its twins, whether it is that of today or of before its first touch', async () => {
      const knownAt = new Set<string>();
      for (const account of [rough, 'a0000', 'a0001', sure]) {
        const draft = await twinsQuestion(ports(), pin, { account });
        const data = draft.card.data as TwinsFindings & ScoreSupport;
        const score = scoreIn(draft);
        knownAt.add(`${data.knownAt}`);
        if (data.knownAt === 'today') assert.deepEqual(score, await explained(account));
        assert.equal(score.rough === true, data.evidence === 'D');
        if (data.evidence === 'D') assert.ok(holdsTheScore(score), JSON.stringify(score));
      }
      assert.deepEqual([...knownAt].sort(), ['first touch', 'today']);
    });
  });

  it('need an account where they are about one', async () => {
    await assert.rejects(askDirectly(store, 'why-changed', {}, marketEnd), UsageError);
    assert.equal(await askDirectly(store, 'segments', {}, marketEnd), null);
  });
});
