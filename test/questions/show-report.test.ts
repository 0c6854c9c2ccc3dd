import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desc } from 'drizzle-orm';
import { findingInputs } from '../../src/engine/finding-inputs.ts';
import { renameSegment } from '../../src/engine/rename-segment.ts';
import { IcpError } from '../../src/errors.ts';
import type { Findings } from '../../src/icp/findings.ts';
import type { SegmentFindings } from '../../src/icp/segments/types.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import { type ReportCard, reportTopics } from '../../src/questions/report-card.ts';
import { reports } from '../../src/questions/reports/catalogue.ts';
import type { Answer, Questions } from '../../src/questions/types.ts';
import { addFindings } from '../../src/store/findings.ts';
import { addLeadAnswer } from '../../src/store/lead-answers.ts';
import { findings } from '../../src/store/schema/findings.ts';
import type { Store } from '../../src/store/store.ts';
import { aNewAnswer } from '../support/a-lead.ts';
import { freshStore } from '../support/fresh-store.ts';
import { analyzeAgain, marketEnd, onlyBook, withSmallMarket } from '../support/small-market.ts';

const found = reportTopics.filter((topic) => reports[topic] !== undefined);

/** Everything that a person reads of a report; throws where a figure is named that is not there. */
function wordsOf({ text, figures, card }: Answer<ReportCard>): string {
  const cells = card.sections.flatMap(({ heading, lines, table }) => [
    heading ?? '',
    ...lines,
    ...(table === null ? [] : [...table.columns, ...table.rows.flat()]),
  ]);
  return [text, ...cells].map((words) => fillIn(words, figures)).join('\n');
}

/** The same findings with a segment in them: so small a market has none that is clear of chance. */
function withSegment(kept: Findings): Findings {
  const rate = { v: 0.5, low: 0.4, high: 0.6, n: 90 };
  const conditions = [
    { key: 'industry', label: 'Industry is Logistics', match: { kind: 'is' as const, values: ['Logistics'] } },
  ];
  const named = { id: 'seg-1', name: 'Logistics', description: 'Logistics companies', namedBy: 'template' as const };
  const segment: SegmentFindings['segments'][number] = {
    ...{ ...named, conditions, members: [], foundBy: ['subgroups'], traits: [], touched: 90, won: 45 },
    ...{ winRate: rate, overallWinRate: rate, lift: { ...rate, v: 1.8 }, heldOut: { z: 5, n: 45, pValue: 0.001 } },
    ...{ acv: null, averageAcv: null, expansionRate: null, overallExpansionRate: null },
    ...{ churnRate: null, overallChurnRate: null, bestAngle: { kind: 'trait', label: 'Logistics', trait: null } },
    ...{ silhouette: null, stability: 0.8, provisional: false, warnings: [] },
  };
  return { ...kept, segments: { ...kept.segments, segments: [segment] } };
}

describe('reports of what an analysis found', () => {
  let store: Store;
  let questions: Questions;
  before(async () => {
    store = await freshStore();
    await withSmallMarket(store);
    questions = createQuestions({ store, now: () => marketEnd });
  });
  after(() => store?.close());

  it('say something on every topic, with every figure under a key of its own', async () => {
    for (const topic of found) {
      const answer = await questions.report(topic);
      const keys = answer.figures.map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length, topic);
      assert.ok(wordsOf(answer).length > 40, topic);
      assert.doesNotMatch(wordsOf(answer), /NaN|undefined|Infinity|\[object/, topic);
      assert.ok(answer.card.chart === null || answer.card.chart.alt.length > 10, topic);
    }
  });

  it('find the same again for a receipt, from the histories', async () => {
    const { receipt } = await questions.report('causal');
    const again = await questions.receipt(receipt);
    assert.deepEqual([again.same, again.differences], [true, []]);
  });

  it('keep the outcome that was asked about, in the answer and in its receipt', async () => {
    const on = async (outcome: 'expansion' | 'winning') => {
      const list = await questions.report('causal', { outcome });
      assert.equal(list.card.title, `What drives ${outcome}`);
      const [first] = list.figures.flatMap(({ key }) => /^f\.(\w+)$/.exec(key)?.[1] ?? []);
      const answer = await questions.report('causal', { about: first ?? '', outcome });
      assert.equal(answer.card.title, `Does it cause ${outcome}?`);
      const again = await questions.receipt(answer.receipt);
      assert.deepEqual([again.same, again.arguments.outcome], [true, outcome]);
      return answer.receipt;
    };
    assert.notEqual(await on('expansion'), await on('winning'));
  });

  it('say how good we were by what was said at a decision and by what forecasts promised, whichever there is', async () => {
    let clock = marketEnd;
    const asked = createQuestions({ store, now: () => clock });
    const sentence = ({ text, figures }: Answer) => fillIn(text, figures);
    const calibration = sentence(await asked.report('calibration'));
    const before = await asked.report('answers', { about: 'how good we were' });
    assert.ok(sentence(before).startsWith(calibration), sentence(before));
    assert.match(sentence(before), /said at the moment of a decision nothing is known: nobody has answered a lead/);
    clock += 2;
    await addLeadAnswer(store, aNewAnswer({ at: clock - 1, tier: 1, book: (await onlyBook(store)).name }));
    const after = await asked.report('answers', { about: 'how good we were' });
    assert.match(sentence(after), /^What was said at the moment of a decision: of the tier 1 leads that reps answered/);
    assert.ok(sentence(after).toLowerCase().endsWith(calibration.toLowerCase()), sentence(after));
    const headings = after.card.sections.map(({ heading }) => heading);
    assert.ok(headings.includes('The verdict') && headings.includes('Who answers'), headings.join());
    assert.equal(new Set(after.figures.map(({ key }) => key)).size, after.figures.length);
    for (const { receipt } of [before, after]) assert.deepEqual((await asked.receipt(receipt)).differences, []);
  });

  it('lead with the outcome that is asked what goes together with', async () => {
    for (const outcome of ['expansion', 'winning']) {
      const answer = await questions.report('correlations', { about: outcome });
      assert.deepEqual(
        answer.card.sections.map(({ heading }) => heading),
        [`Together with ${outcome}`],
      );
    }
    assert.match(wordsOf(await questions.report('correlations', { about: 'rain' })), /Nothing is counted on rain: /);
  });

  it('keep nothing from a receipt that was changed in the table of findings', async () => {
    const { receipt } = await questions.report('impact');
    const [kept] = await store.db.select().from(findings);
    assert.ok(kept !== undefined);
    await store.db.update(findings).set({ inputs: { ...kept.inputs, seed: kept.inputs.seed + 1 } });
    const tampered = await questions.receipt(receipt);
    await store.db.update(findings).set({ inputs: kept.inputs });
    assert.equal(tampered.same, false);
  });

  it('name what can be asked when they are asked about nothing that there is', async () => {
    await assert.rejects(questions.report('segments', { about: 'nobody at all' }), IcpError);
    assert.match(wordsOf(await questions.report('causal', { about: 'no such field' })), /No field or criterion/);
  });

  it('are the same after a second analysis of the same data on the same day', async () => {
    const before = await questions.report('causal');
    await analyzeAgain(store);
    const after = await questions.report('causal');
    assert.deepEqual(after.card.data, before.card.data);
  });

  it('keep the name that a person gave a segment, and refuse one for a segment that is not there', async () => {
    const at = { book: (await onlyBook(store)).name, importId: 1, asOf: marketEnd };
    await assert.rejects(
      renameSegment({ store, now: () => marketEnd }, { ...at, segment: 'none', name: 'Ours', by: 'dana@ours.example' }),
      /no segment is called none/,
    );
    const [kept] = await store.db.select().from(findings).orderBy(desc(findings.id)).limit(1);
    assert.ok(kept !== undefined);
    const { book, modelVersion, importId, inputs } = kept;
    const entry = { book, modelVersion, importId, inputs, asOf: marketEnd, findings: withSegment(kept.findings) };
    await addFindings(store, entry, marketEnd);
    await renameSegment(
      { store, now: () => marketEnd },
      { ...at, segment: 'seg-1', name: ' Our  own ', by: 'dana@ours.example' },
    );
    assert.match(wordsOf(await questions.report('segments')), /Our own/);
    assert.match(wordsOf(await questions.report('segments', { about: 'our own' })), /Our own/);
    const { previous } = await findingInputs(store, at, { seed: 1, hypothesis: null });
    assert.deepEqual(
      previous.map(({ id, name, namedBy }) => [id, name, namedBy]),
      [['seg-1', 'Our own', 'person']],
    );
  });
});
