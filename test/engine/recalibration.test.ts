import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { usualValues } from '../../src/icp/outcome-values.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import { addFindings, findingsAt } from '../../src/store/findings.ts';
import { activeModel, modelOfVersion } from '../../src/store/models.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { analyzeAgain, marketEnd, withSmallMarket } from '../support/small-market.ts';

const day = 86_400_000;
const learnt = { accepted: 40, qualified: 50, won: 60, expanded: 68 };

describe('stage values that the outcomes of a company have ruled out', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
    await withSmallMarket(store, {}, marketEnd - 8 * day);
    // The small market pays too little to tell; a larger one would have found this.
    const kept = await findingsAt(store, { book: 'main', importId: 1, asOf: marketEnd });
    assert.ok(kept !== null);
    const stages = kept.findings.values.stages.map((found) => {
      const value = learnt[found.stage];
      return { ...found, value, own: value, low: value - 5, high: value + 5 };
    });
    const values = { ...kept.findings.values, kind: 'calibrated' as const, stages };
    const { id: _, contentHash: __, ...entry } = kept;
    await addFindings(store, { ...entry, findings: { ...kept.findings, values } }, marketEnd);
  });
  after(() => store.close());

  const told = async () => {
    const answer = await createQuestions({ store, now: () => marketEnd }).report('values');
    return { receipt: answer.receipt, text: fillIn(answer.text, answer.figures) };
  };

  it('are said to be in force, and to be ruled out, as long as nobody has decided on others', async () => {
    const { text } = await told();
    assert.match(
      text,
      /Version 1 goes by accepted 22\.0, qualified 38\.0, won 58\.0, expanded 100\.0: the usual ones\./,
    );
    assert.match(
      text,
      /rules out accepted, qualified, expanded: a model that is learnt on a later day is learnt by accepted 40\.0, qu/,
    );
    assert.match(text, /what is then proposed has these stage values as a line to decide on\.$/);
  });

  it('are replaced in the next candidate, as a line of its own beside what follows from it', async () => {
    const { proposal, candidateVersion } = await analyzeAgain(store);
    assert.ok(proposal !== null && candidateVersion !== null);
    const line = proposal.changes.find(({ drafted }) => drafted.kind === 'stage values recalibrated');
    assert.ok(line !== undefined && line.drafted.kind === 'stage values recalibrated');
    assert.deepEqual([line.drafted.before, line.drafted.stageValues], [usualValues.stageValues, learnt]);
    assert.ok(proposal.changes.some(({ drafted }) => drafted.kind !== 'stage values recalibrated'));
    assert.deepEqual((await modelOfVersion(store, candidateVersion))?.model.stageValues, learnt);
    assert.deepEqual((await activeModel(store, 'main'))?.model.stageValues, usualValues.stageValues, 'nobody approved');
  });

  it('come into force with the model that was learnt by them, however often it is analysed on that day', async () => {
    await analyzeAgain(store, marketEnd, { activate: true });
    assert.deepEqual((await activeModel(store, 'main'))?.model.stageValues, learnt);
  });

  it('are then said to be learnt, since when and through whom, and a receipt finds that again', async () => {
    const { text, receipt } = await told();
    assert.match(
      text,
      /goes by accepted 40\.0, .* learnt from what accounts pay, in force since 1 Oct 2026 by a test\./,
    );
    const again = await createQuestions({ store, now: () => marketEnd }).receipt(receipt);
    assert.deepEqual(again.figures.find(({ key }) => key === 'inForce.won')?.v, learnt.won);
    // What was planted above is no finding of these histories, so only what is said of the values in force can agree.
    assert.deepEqual(
      again.differences.filter(({ key }) => key.startsWith('inForce')),
      [],
    );
  });
});
