import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import Anthropic from '@anthropic-ai/sdk';
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { noTracing } from '../../src/agent/models/no-tracing.ts';
import { toAnthropic } from '../../src/agent/models/to-anthropic.ts';
import { startMessagesApi } from '../support/messages-api.ts';

const asked = (...ids: string[]): AIMessage =>
  new AIMessage({
    content: '',
    additional_kwargs: { anthropicBlocks: ids.map((id) => ({ type: 'tool_use', id, name: 'x', input: {} })) },
  });
const given = (id: string): ToolMessage => new ToolMessage({ tool_call_id: id, content: 'ok' });
const types = (messages: Anthropic.MessageParam[]): unknown =>
  messages.map(({ role, content }) => [role, ...(Array.isArray(content) ? content.map((block) => block.type) : [])]);

describe('messages for the API', () => {
  it('gives a call that was never answered a result that says so, wherever it stands', () => {
    const { messages } = toAnthropic([
      new HumanMessage('a'),
      asked('t1', 't2'),
      given('t1'),
      new HumanMessage('b'),
      asked('t3'),
      new HumanMessage('c'),
      asked('t4'),
    ]);
    assert.deepEqual(types(messages), [
      ['user', 'text'],
      ['assistant', 'tool_use', 'tool_use'],
      ['user', 'tool_result', 'tool_result', 'text'],
      ['assistant', 'tool_use'],
      ['user', 'tool_result', 'text'],
      ['assistant', 'tool_use'],
      ['user', 'tool_result'],
    ]);
  });

  it('drops a result that nobody asked for, joins neighbours and leaves nothing empty', () => {
    const { system, messages } = toAnthropic([
      new SystemMessage('s'),
      given('t9'),
      new HumanMessage('a'),
      new HumanMessage(' '),
      new AIMessage(''),
      new HumanMessage('b'),
    ]);
    assert.deepEqual(system, [{ type: 'text', text: 's' }]);
    assert.deepEqual(types(messages), [['user', 'text', 'text']]);
  });
});

describe('tracing', () => {
  it('is off whatever the environment says', () => {
    const environment = { LANGSMITH_TRACING: 'true', LANGCHAIN_TRACING_V2: 'true' };
    noTracing(environment);
    assert.ok(Object.values(environment).every((value) => value === 'false'));
  });

  it('sends nothing to a tracing service that the environment names', async (context) => {
    let traced = 0;
    const service = createServer((_, response) => {
      traced += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    context.after(() => service.close());
    const api = await startMessagesApi(() => 'Fine.');
    context.after(() => api.close());
    const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const env = {
      ...process.env,
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGSMITH_ENDPOINT: endpoint,
      LANGSMITH_API_KEY: 'k',
      API: api.url,
    };
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'one-turn.ts')], {
      env,
      timeout: 60_000,
    });
    assert.equal(stdout.trim(), 'language model: Fine.');
    assert.equal(traced, 0);
  });
});

describe('the double of the Messages API', () => {
  const tool = { name: 'x', input_schema: { type: 'object' as const } };
  const user = (content: Anthropic.MessageParam['content']): Anthropic.MessageParam => ({ role: 'user', content });
  const use = { role: 'assistant' as const, content: [{ type: 'tool_use' as const, id: 't1', name: 'x', input: {} }] };
  const result = { type: 'tool_result' as const, tool_use_id: 't1', content: 'ok' };
  const text = { type: 'text' as const, text: 'hi' };
  const cached = { ...text, cache_control: { type: 'ephemeral' as const } };

  it('speaks with the official client, whole and streamed', async (context) => {
    const api = await startMessagesApi(() => ({
      text: 'Hello',
      tools: [{ name: 'x', input: { a: [1, { b: 'ü' }] } }],
    }));
    context.after(() => api.close());
    const client = new Anthropic({ apiKey: 'k', baseURL: api.url, maxRetries: 0 });
    const body = { model: 'claude-sonnet-5-5', max_tokens: 100, tools: [tool], messages: [user('hi')] };
    const whole = await client.messages.create(body);
    const streamed = await client.messages.stream(body).finalMessage();
    assert.deepEqual(
      streamed.content.map(({ type }) => type),
      ['text', 'tool_use'],
    );
    assert.deepEqual(streamed.content[1]?.type === 'tool_use' && streamed.content[1].input, { a: [1, { b: 'ü' }] });
    assert.equal(whole.stop_reason, 'tool_use');
    assert.equal(streamed.stop_reason, 'tool_use');
  });

  it('refuses what the API refuses', async (context) => {
    const api = await startMessagesApi(() => 'ok');
    context.after(() => api.close());
    const post = async (
      body: object,
      headers: Record<string, string> = { 'x-api-key': 'k', 'anthropic-version': '2026-10-21' },
    ) => {
      const response = await fetch(`${api.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) });
      return `${response.status} ${await response.text()}`;
    };
    const sound = { model: 'claude-sonnet-5-5', max_tokens: 10, messages: [user('hi')] };
    assert.match(await post(sound), /^200 /);
    assert.match(await post(sound, { authorization: 'Bearer k', 'anthropic-version': '2023-06-01' }), /^200 /);
    assert.match(
      await post({ ...sound, temperature: 0 }, { 'x-api-key': 'k', 'anthropic-version': '2023-06-01' }),
      /^200 /,
    );
    for (const [body, message] of [
      [{ ...sound, max_tokens: undefined }, /max_tokens: Field required/],
      [{ ...sound, temperature: 0 }, /temperature: Extra inputs are not permitted/],
      [{ ...sound, tools: [tool], tool_choice: { type: 'any' } }, /forced tool use/],
      [{ ...sound, tools: [{ name: 'x', input_schema: { anyOf: [] } }] }, /Input should be 'object'/],
      [{ ...sound, tools: [{ name: 'x', input_schema: { type: 'object', oneOf: [] } }] }, /does not support oneOf/],
      [{ ...sound, tools: [tool, tool] }, /unique/],
      [
        { ...sound, system: [cached, cached, cached, cached, cached] },
        /maximum of 4 blocks with cache_control may be provided\. Found 5/,
      ],
      [{ ...sound, system: [{ type: 'text', text: '' }] }, /must be non-empty/],
      [{ ...sound, messages: [user([{ type: 'text', text: ' ' }])] }, /must be non-empty/],
      [
        { ...sound, messages: [user('a'), use, user('b')] },
        /`tool_use` ids were found without `tool_result` blocks immediately after: t1/,
      ],
      [{ ...sound, messages: [user([result])] }, /unexpected `tool_use_id`/],
      [{ ...sound, messages: [user('a'), use, user([text, result])] }, /before any other content/],
      [{ ...sound, messages: [user('a'), user('b')] }, /alternate/],
      [{ ...sound, messages: [use] }, /first message must use the/],
      [{ ...sound, messages: [user('a'), { role: 'assistant', content: 'b' }] }, /must end with a user message/],
    ] as const) {
      assert.match(await post(body), new RegExp(`^400 .*${message.source}`), message.source);
    }
    assert.match(await post(sound, { 'anthropic-version': '2026-10-21' }), /^401 /);
    assert.match(await post(sound, { 'x-api-key': 'k' }), /^400 .*anthropic-version/);
    assert.equal(api.requests.filter((request) => request.status === 200).length, 3);
  });
});
