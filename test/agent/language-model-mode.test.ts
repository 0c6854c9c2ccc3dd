import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createConversation } from '../../src/agent/create-conversation.ts';
import { loadPrompts } from '../../src/agent/prompts.ts';
import { inMemoryThreads } from '../../src/agent/threads.ts';
import { tools } from '../../tools/index.ts';
import { type MessagesBody, type Reply, startMessagesApi, type WireBlock } from '../support/messages-api.ts';
import { dana, fakeQuestions } from './fake-questions.ts';

const prompts = loadPrompts(join(import.meta.dirname, '../../prompts'));

async function talk(
  context: TestContext,
  script: (body: MessagesBody, nth: number) => Reply,
  { hardStopMs = 10_000, catalogue = tools, questions = fakeQuestions() } = {},
) {
  const api = await startMessagesApi(script);
  context.after(() => api.close());
  const logged: string[] = [];
  const log = {
    info: (_: object, message: string) => void logged.push(message),
    warn: (_: object, message: string) => void logged.push(message),
  };
  const conversation = createConversation({
    questions,
    tools: catalogue,
    threads: inMemoryThreads(),
    prompts,
    log,
    now: () => Date.UTC(2026, 9, 1),
    hardStopMs,
    languageModel: { kind: 'anthropic', apiKey: 'test-key', baseUrl: api.url, model: 'claude-sonnet-5-5' },
  });
  const ask = (question: string, asker = dana) => conversation.turn({ question, asker, threadKey: 't' });
  return { api, ask, logged, questions, conversation };
}

/** All that stands in the last message of a request. */
const lastText = (body: MessagesBody): string => {
  const content = body.messages.at(-1)?.content ?? '';
  return typeof content === 'string'
    ? content
    : content.map((block: WireBlock) => String(block.text ?? block.content)).join('\n');
};

describe('the conversation with a language model', () => {
  it('puts figures in where the language model refers to them', async (context) => {
    const { ask, api } = await talk(
      context,
      () => '*Acme Logistics* is {{r1.tier}} with {{r1.score}}: industry adds {{r1.industry}}.',
    );
    const turn = await ask('why is Acme tier 1');
    assert.equal(turn.text, '*Acme Logistics* is tier 1 with 83.1: industry adds 8.3.');
    assert.equal(turn.mode, 'language model');
    assert.deepEqual(
      turn.figures.map(({ id, v }) => [id, v]),
      [
        ['r1.tier', 1],
        ['r1.score', 83.1],
        ['r1.industry', 8.3],
      ],
    );
    assert.ok(turn.figures.every(({ receipt }) => /^rc\d+$/.test(receipt)));
    assert.equal(turn.cards[0]?.kind, 'score');
    assert.match(lastText(api.requests[0]!.body), /\{\{r1\.score\}\} = 83\.1: Score of Acme Logistics/);
  });

  it('lets the language model call tools, several at once, and calculate with their figures', async (context) => {
    const { ask, api } = await talk(context, (_, nth) => {
      if (nth === 0)
        return {
          thinking: 'two accounts',
          tools: [
            { name: 'explain_account', input: { account: 'Globex Corporation' } },
            { name: 'explain_account', input: { account: 'Initech' } },
          ],
        };
      if (nth === 1)
        return {
          tools: [
            {
              name: 'calculate',
              input: { operation: 'difference', figures: ['r1.score', 'r2.score'], label: 'Lead of Globex' },
            },
          ],
        };
      return 'Globex leads by {{r3.value}}.';
    });
    const turn = await ask('hmm, any thoughts on those two we discussed');
    assert.match(turn.text, /^Globex leads by -?39\.4\.$/);
    assert.equal(turn.tools.length, 3);
    assert.equal(turn.figures[0]?.receipt.split(' + ').length, 2);
    assert.ok(
      api.requests.every((request) => request.status === 200),
      JSON.stringify(api.requests.map((request) => request.error)),
    );
    const replayed = JSON.stringify(api.requests[1]?.body.messages);
    assert.match(replayed, /sig_1/, 'thinking goes back with its signature');
  });

  it('sends a static system block that is cached, tools without a union, no temperature and no forced tool', async (context) => {
    const { ask, api } = await talk(context, () => 'Nothing to add.');
    await ask('why is Acme tier 1');
    const { body, headers } = api.requests[0]!;
    assert.equal(headers['anthropic-version'], '2026-10-21');
    assert.equal(body.model, 'claude-sonnet-5-5');
    assert.ok(Array.isArray(body.system));
    assert.deepEqual(
      body.system.map((block: WireBlock) => block.cache_control ?? null),
      [{ type: 'ephemeral', ttl: '1h' }, null],
    );
    assert.doesNotMatch(String(body.system[0]?.text), /Dana|2026/);
    assert.match(String(body.system[1]?.text), /Today is 2026-10-01\. Dana asks/);
    assert.deepEqual(
      body.tools?.map((tool) => tool.name),
      tools.map((tool) => tool.name),
    );
    assert.ok(!('temperature' in body) && !('tool_choice' in body));
    assert.deepEqual(body.output_config, { effort: 'low' });
  });

  it('sends a made-up figure back once, with a precise complaint, and shows the repaired answer', async (context) => {
    const { ask, api } = await talk(context, (_, nth) =>
      nth === 0 ? 'Acme scores 97 and won twice.' : 'Acme scores {{r1.score}}.',
    );
    const turn = await ask('why is Acme tier 1');
    assert.equal(turn.text, 'Acme scores 83.1.');
    assert.equal(api.requests.length, 2);
    assert.match(lastText(api.requests[1]!.body), /"97" is typed by hand[\s\S]*"twice" is a number in words/);
  });

  it('answers with the template when the repair fails as well', async (context) => {
    const { ask, logged } = await talk(context, () => 'Acme scores 97.');
    const turn = await ask('why is Acme tier 1');
    assert.match(turn.text, /^\*Acme Logistics\* scores 83\.1/);
    assert.equal(turn.mode, 'template');
    assert.doesNotMatch(turn.text, /97/);
    assert.ok(logged.some((line) => /figures of its own twice/.test(line)));
  });

  for (const [name, text] of [
    ['a reference that does not exist', 'It is {{r9.score}}.'],
    ['a half open reference', 'It is {{r1.score}.'],
    ['digits of another script', 'It is ٩٧.'],
    ['a fraction sign', 'It is ½ of that.'],
    ['a number word', 'It is twice as good.'],
    ['nothing', ' '],
  ] as const) {
    it(`never shows ${name}`, async (context) => {
      const { ask } = await talk(context, () => (text.trim() === '' ? { blocks: [] } : text));
      const turn = await ask('why is Acme tier 1');
      assert.equal(turn.mode, 'template');
      assert.match(turn.text, /scores 83\.1/);
    });
  }

  it('lets names with digits stand when the evidence has them', async (context) => {
    const { ask } = await talk(context, () => '*Studio 54* is tier 1 and strong in Q3.');
    assert.equal((await ask('why is Studio 54 tier 1')).mode, 'language model');
  });

  for (const [name, faults, said] of [
    [
      'too many requests',
      [
        { status: 429, retryAfter: 0 },
        { status: 429, retryAfter: 0 },
      ],
      /busy just now/,
    ],
    ['an overloaded service', [{ status: 529 }, { status: 529 }], /busy just now/],
    [
      'an overload in the middle of a stream',
      [{ sseError: 'overloaded_error' }, { sseError: 'overloaded_error' }],
      /busy just now/,
    ],
    ['a stream that breaks off', [{ cutAfterEvents: 4 }, { cutAfterEvents: 4 }], /could not be reached/],
    ['a wrong key', [{ status: 401 }], /could not be reached/],
  ] as const) {
    it(`falls back to the template on ${name}, and says so in one sentence`, async (context) => {
      const { ask, api } = await talk(context, () => 'A partial answer that nobody may see.');
      api.fail(...faults);
      const turn = await ask('why is Acme tier 1');
      assert.equal(turn.mode, 'template');
      assert.match(turn.text, /scores 83\.1/);
      assert.match(turn.text, said);
      assert.doesNotMatch(turn.text, /partial/);
      assert.ok(api.requests.length <= 2);
    });
  }

  it('recovers from one refusal of the service by itself', async (context) => {
    const { ask, api } = await talk(context, () => 'Fine.');
    api.fail({ status: 529 });
    assert.equal((await ask('why is Acme tier 1')).text, 'Fine.');
  });

  it('stops waiting at the hard stop and answers with the template', async (context) => {
    const { ask, api } = await talk(context, () => 'Too late.', { hardStopMs: 300 });
    api.fail({ hangMs: 30_000 });
    const turn = await ask('why is Acme tier 1');
    assert.match(turn.text, /scores 83\.1[\s\S]*took too long/);
  });

  it('ends a run that only ever calls tools', async (context) => {
    const { ask, api } = await talk(context, () => ({ tools: [{ name: 'describe_data', input: {} }] }));
    const turn = await ask('hmm, thoughts?');
    assert.equal(turn.mode, 'template');
    assert.equal(api.requests.length, 6);
  });

  it('tells the language model what was wrong with its arguments and keeps what broke inside to itself', async (context) => {
    const broken = fakeQuestions();
    broken.coverage = async () => {
      throw new Error('connect ECONNREFUSED password=hunter2');
    };
    const { ask, api } = await talk(
      context,
      (_, nth) =>
        nth === 0
          ? {
              tools: [
                { name: 'explain_account', input: { acount: 'Acme' } },
                { name: 'describe_data', input: {} },
                { name: 'approve_all', input: {} },
              ],
            }
          : 'I could not find out.',
      { questions: broken },
    );
    const turn = await ask('hmm, thoughts?');
    const told = lastText(api.requests[1]!.body);
    assert.match(told, /explain_account cannot run with these arguments \(account: /);
    assert.match(told, /could not be answered just now/);
    assert.match(told, /there is no tool called approve_all/);
    assert.doesNotMatch(JSON.stringify([api.requests, turn]), /hunter2|ECONNREFUSED|at async|\.ts:\d+/);
  });

  it('keeps a tool from those whose role it is not for', async (context) => {
    const catalogue = tools.map((tool) =>
      tool.name === 'describe_data' ? { ...tool, roles: ['admin' as const] } : tool,
    );
    const { ask, api } = await talk(
      context,
      (_, nth) => (nth === 0 ? { tools: [{ name: 'describe_data', input: {} }] } : 'That is not open to you.'),
      { catalogue },
    );
    await ask('hmm, thoughts?');
    assert.ok(!api.requests[0]!.body.tools?.some((tool) => tool.name === 'describe_data'));
    assert.match(lastText(api.requests[1]!.body), /there is no tool called describe_data/);
  });

  it('keeps the figures of earlier turns nameable, under the same reference', async (context) => {
    const { ask, api } = await talk(context, (_, nth) =>
      nth === 0 ? 'Acme scores {{r1.score}}.' : 'As said, {{r1.score}}.',
    );
    await ask('why is Acme tier 1');
    const turn = await ask('hm, really?');
    assert.equal(turn.text, 'As said, 83.1.');
    assert.equal(turn.figures[0]?.id, 'r1.score');
    assert.deepEqual(
      api.requests[1]!.body.messages.map((message) => message.role),
      ['user', 'assistant', 'user'],
    );
  });

  it('posts the card before the language model is asked', async (context) => {
    const order: string[] = [];
    const { conversation } = await talk(context, () => {
      order.push('language model');
      return 'Good.';
    });
    await conversation.turn({
      question: 'why is Acme tier 1',
      asker: dana,
      threadKey: 't',
      onCard: async () => void order.push('card'),
    });
    assert.deepEqual(order, ['card', 'language model']);
  });

  it('rejects when the person gives up', async (context) => {
    const { conversation, api } = await talk(context, () => 'Too late.');
    api.fail({ hangMs: 30_000 });
    const controller = new AbortController();
    const turn = conversation.turn({
      question: 'why is Acme tier 1',
      asker: dana,
      threadKey: 't',
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('gone')), 200);
    await assert.rejects(turn, /gone/);
  });
});
