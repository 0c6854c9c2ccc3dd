import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evalCases, evaluate } from './evaluate.ts';

describe('the conversation cases, answered by templates', () => {
  const cases = evalCases('template');

  it('are some forty, each with an id of its own and something to be judged by', () => {
    assert.ok(cases.length >= 40);
    assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
    for (const { id, tools, refused, noTools, asks } of cases)
      assert.ok(tools.length > 0 || refused || noTools || asks, id);
  });

  for (const one of cases) {
    it(`${one.group}: ${one.question}`, async () => {
      assert.deepEqual((await evaluate(one, { kind: 'none' })).faults, []);
    });
  }
});
