import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showProposals } from '../../tools/show-proposals.ts';
import { fakeQuestions } from '../agent/fake-questions.ts';
import { contextOf } from './tool-context.ts';

describe('show_proposals', () => {
  it('asks for one version of the ICP by its number, and for one proposal by its own', async () => {
    const questions = fakeQuestions();
    const run = (args: Parameters<typeof showProposals.run>[1]) => showProposals.run(contextOf([], questions), args);
    await run({ topic: 'models', version: 7, proposal: 3 });
    await run({ topic: 'models' });
    await run({ topic: 'changes', version: 7, proposal: 3 });
    assert.deepEqual(
      questions.asked.map(({ args }) => args),
      [{ topic: 'models', about: '7' }, { topic: 'models' }, { topic: 'changes', about: '3' }],
    );
  });
});
