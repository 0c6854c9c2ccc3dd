import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadPrompts } from '../../../src/agent/prompts.ts';
import { route } from '../../../src/agent/router/route.ts';
import { emptyThread } from '../../../src/agent/threads.ts';
import { dana, fakeQuestions } from '../fake-questions.ts';

const { vocabulary } = loadPrompts(join(import.meta.dirname, '../../../prompts'));
const { suggest } = fakeQuestions();
const ask = (question: string) => route({ suggest, vocabulary }, { question, asker: dana, state: emptyThread });

describe('questions about competitors', () => {
  it('lead to a list where they are about accounts that use one', async () => {
    const where = { competitor: 'any' };
    for (const [question, args] of [
      ['which tier 1 accounts use a competitor', { tier: 1, where }],
      ['Which tier 1 accounts use a competitor?', { tier: 1, where }],
      ['who uses a competitor tool', { where }],
      ['who uses one of our competitors', { where }],
      ['show me accounts running a competitor', { where }],
      ["list tier 2 accounts with a competitor's product", { tier: 2, where }],
      ['which companies have a competitor in their stack', { where }],
      ['which of my accounts are using a competitor', { owner: dana.email, where }],
      ['top 5 accounts that use a competitor', { order: 'best', limit: 5, where }],
    ] as const) {
      const routed = await ask(question);
      assert.equal(routed.kind, 'tool', question);
      assert.deepEqual(routed.kind === 'tool' && [routed.tool, routed.args], ['find_accounts', args], question);
    }
  });

  it('lead to a list of those who took one up or gave one up within days, as for any tool', async () => {
    for (const [question, where] of [
      ['which accounts removed a competitor in the last 90 days', { tech_removed: 'competitor 90' }],
      ['which tier 1 accounts removed HubSpot in the last 30 days', { tech_removed: 'HubSpot 30' }],
      ['who added hubspot within 2 weeks', { tech_added: 'hubspot 14' }],
      ['which companies stopped using Zoho CRM in the past 60 days', { tech_removed: 'Zoho CRM 60' }],
      ['which accounts added a tool in the last 7 days', { tech_added: '7' }],
    ] as const) {
      const routed = await ask(question);
      assert.deepEqual(routed.kind === 'tool' && routed.args.where, where, `${question}: ${JSON.stringify(routed)}`);
    }
    for (const question of [
      'which accounts added employees in the last 90 days',
      'which accounts dropped points in the last 30 days',
      'which accounts have not removed HubSpot in the last 30 days',
      'which accounts removed HubSpot last quarter',
    ])
      assert.equal((await ask(question)).kind, 'ask back', question);
  });

  it('are refused where they are about who competes', async () => {
    for (const question of [
      'who are our competitors',
      "who are Acme's competitors",
      'which competitors does Acme have',
      'list our competitors',
      'does Acme use a competitor',
      'where are we losing to competitors',
      'how do we compare with competitors',
      'what do competitors charge',
    ]) {
      const routed = await ask(question);
      assert.equal(routed.kind === 'ask back' && routed.reason, 'not ours', question);
    }
  });

  it('lead to no list of those who use one where they ask for something else', async () => {
    for (const question of [
      "which accounts don't use a competitor",
      'which accounts do not use a competitor',
      'who uses no competitor',
      'who stopped using a competitor',
      'which tier 1 accounts use our competitor Dealwright',
      'which accounts used a competitor',
      'which accounts use competitors of HubSpot',
      'which accounts lost to someone using a competitor last year',
    ]) {
      const routed = await ask(question);
      assert.equal(routed.kind, 'ask back', `${question}: ${JSON.stringify(routed)}`);
    }
  });
});
