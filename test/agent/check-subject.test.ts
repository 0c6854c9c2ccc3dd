import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSubjects } from '../../src/agent/check-subject.ts';
import { openLedger } from '../../src/agent/figures.ts';
import type { NumberedResult } from '../../src/agent/tool-runner.ts';
import type { Answer, Figure } from '../../src/questions/types.ts';
import { fakeQuestions } from './fake-questions.ts';

const questions = fakeQuestions();

/** The answers as results r1, r2, ..., each with the name of its account as a figure, as the read side gives it. */
function said(answers: readonly Answer[]) {
  const ledger = openLedger();
  const results = answers.map((answer): NumberedResult => {
    const name: Figure[] =
      answer.card.kind === 'score'
        ? [{ key: 'name', label: 'Account', v: answer.card.explanation.account.name, unit: 'text' }]
        : [];
    const result = { text: answer.text, data: null, answer: { ...answer, figures: [...answer.figures, ...name] } };
    return { id: ledger.add(result), tool: 'x', args: {}, result };
  });
  return (text: string): number => checkSubjects(text, results, ledger).length;
}

describe('the check of whose figure it is', () => {
  it('finds a figure in a sentence about another account, however that one is named', async () => {
    const faults = said([await questions.explain('Acme Logistics'), await questions.explain('Initech')]);
    assert.equal(faults('Acme scores {{r1.score}}. Initech scores {{r2.score}}.'), 0);
    assert.equal(faults('*{{r1.name}}* scores {{r1.score}}, *{{r2.name}}* {{r2.score}}.'), 0);
    assert.equal(faults('Acme Logistics scores {{r2.score}}.'), 1);
    assert.equal(faults('*{{r1.name}}* scores {{r2.score}}.'), 1);
    assert.equal(faults('• Initech: {{r1.score}}\n• Acme: {{r2.score}}'), 2);
    assert.equal(faults('It scores {{r1.score}}.'), 0);
    assert.equal(faults('Initech is far behind; the leader has {{r1.score}}.'), 0);
  });

  it('reads the side of a comparison off the key, and the account of a list off the label', async () => {
    const compared = await questions.compare('Acme Logistics', 'Initech');
    const figures: Figure[] = [
      { key: 'left.score', label: 'Score', v: 1, unit: 'points' },
      { key: 'right.score', label: 'Score', v: 2, unit: 'points' },
      { key: 'gap', label: 'Gap', v: 1, unit: 'points' },
    ];
    const faults = said([{ ...compared, figures }, await questions.list({})]);
    assert.equal(faults('Acme has {{r1.left.score}}. Initech has {{r1.right.score}}, which is {{r1.gap}} less.'), 0);
    assert.equal(faults('Initech has {{r1.left.score}}.'), 1);
    assert.equal(faults('Globex has {{r2.score.0010003}}. Globex has {{r2.score.0010001}}.'), 1);
  });
});
