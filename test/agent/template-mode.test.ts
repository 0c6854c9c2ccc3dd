import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createConversation } from '../../src/agent/create-conversation.ts';
import { loadPrompts } from '../../src/agent/prompts.ts';
import { inMemoryThreads } from '../../src/agent/threads.ts';
import type { Answer } from '../../src/questions/types.ts';
import { tools } from '../../tools/index.ts';
import { dana, fakeQuestions } from './fake-questions.ts';

const prompts = loadPrompts(join(import.meta.dirname, '../../prompts'));
const quiet = { info: () => undefined, warn: () => undefined };

function talk(questions = fakeQuestions()) {
  const conversation = createConversation({
    questions,
    tools,
    threads: inMemoryThreads(),
    prompts,
    languageModel: { kind: 'none' },
    log: quiet,
    now: () => 0,
  });
  const ask = (question: string, threadKey = 't', asker = dana) => conversation.turn({ question, asker, threadKey });
  return { ask, questions, conversation };
}

describe('the conversation without a language model', () => {
  it('answers why an account is tier 1 with the card, the figures and their receipts', async () => {
    const { conversation } = talk();
    const cards: Answer[] = [];
    const statuses: string[] = [];
    const turn = await conversation.turn({
      question: 'why is Acme tier 1',
      asker: dana,
      threadKey: 't',
      onCard: async (answer) => void cards.push(answer),
      onStatus: (status) => void statuses.push(status),
    });
    assert.equal(turn.text, '*Acme Logistics* scores 83.1, which is tier 1. Most of it: Industry is logistics (8.3).');
    assert.equal(turn.mode, 'template');
    assert.deepEqual(
      turn.figures.map(({ id, v, receipt }) => [id, v, receipt]),
      [
        ['r1.score', 83.1, cards[0]?.receipt],
        ['r1.tier', 1, cards[0]?.receipt],
        ['r1.industry', 8.3, cards[0]?.receipt],
      ],
    );
    assert.equal(turn.cards[0]?.kind, 'score');
    assert.deepEqual(
      turn.tools.map(({ name }) => name),
      ['explain_account'],
    );
    assert.deepEqual(statuses, ['is adding up the score']);
  });

  it('knows in a follow-up which account was spoken of', async () => {
    const { ask, questions } = talk();
    await ask('why is Acme tier 1');
    await ask('and why not tier 2?');
    await ask('compare it with Beta');
    await ask('and Globex?');
    await ask('what happened with it?');
    assert.deepEqual(
      questions.asked.map(({ question, args }) => [question, Object.values(args as object)[0]]),
      [
        ['explain', '0010001'],
        ['explain', '0010001'],
        ['compare', '0010001'],
        ['explain', '0010003'],
        ['history', '0010003'],
      ],
    );
  });

  it('knows what a thread is about whose card came from a command', async () => {
    const { ask, questions, conversation } = talk();
    await conversation.note('t', await questions.explain('0010003'));
    await ask('and why not tier 1?');
    assert.deepEqual(
      questions.asked.map(({ question, args }) => [question, Object.values(args as object)[0]]),
      [
        ['explain', '0010003'],
        ['explain', '0010003'],
      ],
    );
  });

  it('knows which account of a list is the second one', async () => {
    const { ask, questions } = talk();
    const list = await ask('list tier 1');
    assert.equal(list.cards[0]?.kind, 'list');
    await ask('why the second one?');
    assert.deepEqual(questions.asked.at(-1), { question: 'explain', args: { account: '0010001', book: 'main' } });
  });

  it('keeps threads apart', async () => {
    const { ask } = talk();
    await ask('why is Acme tier 1', 'one');
    const turn = await ask('and why not tier 2?', 'other');
    assert.equal(turn.tools.length, 0);
    assert.ok(turn.choices.length > 0);
  });

  it('asks which one when a name fits two accounts, and the choices answer', async () => {
    const { ask } = talk();
    const turn = await ask('why is Lumen tier 1');
    assert.deepEqual(turn.choices.map(({ label }) => label).sort(), [
      'Lumen Labs (lumenlabs.example)',
      'Lumen Systems (lumensystems.example)',
    ]);
    for (const { question } of turn.choices) assert.equal((await ask(question)).cards[0]?.kind, 'score');
  });

  it('offers the nearest accounts for a name that nobody answers to', async () => {
    const { ask } = talk();
    const turn = await ask('why is Norwind Tradesmen tier 1');
    assert.equal(turn.tools.length, 0);
    assert.ok(turn.choices.some(({ label }) => label === 'Northwind Traders'));
  });

  it('says that it decides nothing from a message', async () => {
    const { ask, questions } = talk();
    const turn = await ask('approve proposal 12');
    assert.match(turn.refused ?? '', /do not change, approve or delete/);
    assert.equal(questions.asked.length, 0);
  });

  it('says what is not answered yet instead of answering something else', async () => {
    const { ask, questions } = talk();
    for (const question of [
      'simulate dropping the industry',
      'how will next quarter look',
      'what if we dropped SaaS',
    ]) {
      const turn = await ask(question);
      assert.match(turn.refused ?? '', /not answered yet/, question);
      assert.equal(turn.cards[0]?.kind, 'notice');
    }
    assert.equal(questions.asked.length, 0);
  });

  it('answers from the findings of the last analysis', async () => {
    const { ask, questions } = talk();
    for (const question of ['show me the segments', 'has the model drifted', 'why are we losing deals'])
      assert.match((await ask(question)).text, /^3 findings on/, question);
    assert.deepEqual(
      questions.asked.map(({ args }) => args),
      [{ topic: 'segments' }, { topic: 'drift' }, { topic: 'losses' }],
    );
  });

  it('explains a word from the vocabulary', async () => {
    const turn = await talk().ask('what is an ICP');
    assert.equal(turn.text, `*ICP*: ${prompts.vocabulary.get('ICP')}`);
  });

  it('gives a sentence and a reference, never a stack, when something breaks inside', async () => {
    const broken = fakeQuestions();
    broken.criteria = async () => {
      throw new Error('connect ECONNREFUSED db password=hunter2');
    };
    const turn = await talk(broken).ask('what matters most');
    assert.match(turn.text, /^This could not be answered just now; tell the operator E\w+\.$/);
    assert.doesNotMatch(JSON.stringify(turn), /hunter2|ECONNREFUSED/);
  });

  it('answers although nothing can be remembered, no card can be posted and no account looked up', async () => {
    const down = async (): Promise<never> => {
      throw new Error('connect ECONNREFUSED');
    };
    const questions = fakeQuestions();
    const threads = { load: down, save: down };
    const deps = {
      questions,
      tools,
      threads,
      prompts,
      languageModel: { kind: 'none' } as const,
      log: quiet,
      now: () => 0,
    };
    const input = { question: 'why is Acme tier 1', asker: dana, threadKey: 't', onCard: down };
    assert.match((await createConversation(deps).turn(input)).text, /scores 83\.1/);
    questions.suggest = down;
    assert.match(
      (await createConversation(deps).turn(input)).text,
      /could not be answered just now; tell the operator E/,
    );
  });

  it('remembers both of two questions that are asked at once', async () => {
    const { ask, questions } = talk();
    await Promise.all([ask('why is Acme tier 1'), ask('why is Globex tier 2')]);
    await ask('and why not tier 3?');
    assert.deepEqual(questions.asked.at(-1)?.args, { account: '0010003', book: 'main' });
    assert.equal((await ask('score of it')).figures[0]?.id, 'r4.score');
  });

  it('rejects when it is aborted', async () => {
    const { conversation } = talk();
    const turn = conversation.turn({
      question: 'why Acme',
      asker: dana,
      threadKey: 't',
      signal: AbortSignal.abort(new Error('gone')),
    });
    await assert.rejects(turn, /gone/);
  });
});
