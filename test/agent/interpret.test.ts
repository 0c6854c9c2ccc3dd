import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createInterpret } from '../../src/agent/interpret.ts';
import { loadPrompts } from '../../src/agent/prompts.ts';
import { type MessagesApi, startMessagesApi } from '../support/messages-api.ts';

const prompts = loadPrompts(join(import.meta.dirname, '../../prompts'));
const facts = ['Industry is logistics: 61 % of the segment, 14 % of all touched', 'Uses Route 66: 40 % against 3 %'];
const open: MessagesApi[] = [];
after(() => Promise.all(open.map((api) => api.close())));

async function interpretWith(name: string, text: string) {
  const api = await startMessagesApi(() => JSON.stringify({ name, text }));
  open.push(api);
  const noted: string[] = [];
  const log = {
    info: (_: object, message: string) => void noted.push(message),
    warn: (_: object, message: string) => void noted.push(message),
  };
  const languageModel = { kind: 'anthropic' as const, apiKey: 'k', baseUrl: api.url, model: 'claude-sonnet-5-5' };
  return { api, noted, interpret: createInterpret({ languageModel, prompts, log }) };
}

describe('putting a finding into words', () => {
  it('takes the name and the sentence of the language model, and tells it the facts as data', async () => {
    const { api, interpret } = await interpretWith('Freight on Route 66', 'Haulage companies that plan with Route 66.');
    assert.deepEqual(await interpret({ kind: 'segment', facts, names: ['Route 66'] }), {
      name: 'Freight on Route 66',
      text: 'Haulage companies that plan with Route 66.',
    });
    const [request] = api.requests;
    assert.match(JSON.stringify(request?.body.messages), /«Industry is logistics: 61 %/);
    assert.equal(request?.body.temperature, undefined);
    assert.equal(request?.body.tool_choice, undefined);
  });

  it('lets the template stand when the language model types a number', async () => {
    for (const text of ['They win 61 % of the time.', 'They win twice as often as others do.']) {
      const { interpret, noted } = await interpretWith('Freight', text);
      assert.equal(await interpret({ kind: 'pattern', facts, names: [] }), null);
      assert.match(noted.join(), /typed a number/);
    }
  });

  it('lets the template stand when the service is down, and without a key', async () => {
    const { api, interpret, noted } = await interpretWith('Freight', 'Haulage companies of all kinds.');
    api.fail({ status: 400 });
    assert.equal(await interpret({ kind: 'anomaly', facts, names: [] }), null);
    assert.match(noted.join(), /not put into words/);
    const none = createInterpret({ languageModel: { kind: 'none' }, prompts, log: { info() {}, warn() {} } });
    assert.equal(await none({ kind: 'segment', facts, names: [] }), null);
  });
});
