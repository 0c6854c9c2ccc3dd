import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Command, parseCommand } from '../../../src/slack/commands/parse-command.ts';

function reads(text: string, command: Command): void {
  assert.deepEqual(parseCommand(text), command, text);
}

describe('parseCommand', () => {
  it('reads an account by name, domain or id, with or without quotes', () => {
    reads('why Halden Logistics', { kind: 'why', account: 'Halden Logistics' });
    reads('  WHY   "Halden  Logistics"  ', { kind: 'why', account: 'Halden Logistics' });
    reads('why “Halden Logistics”?', { kind: 'why', account: 'Halden Logistics' });
    reads('score halden.example', { kind: 'score', account: 'halden.example' });
    reads('history 0015g00000XyZ', { kind: 'history', account: '0015g00000XyZ' });
    reads('why Čeština, s.r.o.', { kind: 'why', account: 'Čeština, s.r.o.' });
    reads('why 株式会社日立', { kind: 'why', account: '株式会社日立' });
    reads('why\u00a0Acme\u200b', { kind: 'why', account: 'Acme' });
    reads("why O'Neill & Sons", { kind: 'why', account: "O'Neill & Sons" });
  });

  it('takes the question after why for a question, and a company of that name in quotes for a company', () => {
    reads('why is Halden tier 1?', { kind: 'ask', question: 'why is Halden tier 1?' });
    reads('why "is it"', { kind: 'why', account: 'is it' });
    reads('why Do Good Inc', { kind: 'why', account: 'Do Good Inc' });
  });

  it('reads what is asked of proposals', () => {
    reads('changes', { kind: 'changes' });
    reads('changes in the market', { kind: 'ask', question: 'changes in the market' });
    reads('simulate 3', { kind: 'simulate', id: 3, lines: null });
    reads('simulate #3 lines 1, 2', { kind: 'simulate', id: 3, lines: [1, 2] });
    reads('simulate dropping funding', { kind: 'ask', question: 'simulate dropping funding' });
  });

  it('reads one version of the ICP by its number, or all of them', () => {
    reads('models', { kind: 'report', topic: 'models', about: null });
    reads('models 7', { kind: 'report', topic: 'models', about: '7' });
  });

  it('says what a command lacks', () => {
    for (const text of [
      'simulate',
      'simulate 3 and 4',
      'why',
      'why  ',
      'why ""',
      'score',
      'history ?',
      'compare',
      'compare Acme',
      'compare Acme,',
      'compare a, b, c',
    ]) {
      const command = parseCommand(text);
      assert.equal(command.kind, 'usage', text);
      assert.match(command.kind === 'usage' ? command.problem : '', /needs .*\/icp/s);
    }
  });

  it('reads a list by the stack', () => {
    const where = { competitor: 'any' };
    reads('list tier 1 competitor', { kind: 'list', filter: { tier: 1, where } });
    reads('list uses a competitor worst 5', { kind: 'list', filter: { where, limit: 5, order: 'worst' } });
    reads('list tech-added=90 tech-removed="HubSpot 30"', {
      ...{ kind: 'list', filter: { where: { 'tech-added': '90', 'tech-removed': 'HubSpot 30' } } },
    });
    reads('list competitor=any tech_added=7', {
      ...{ kind: 'list', filter: { where: { competitor: 'any', tech_added: '7' } } },
    });
    reads('list of our competitors', { kind: 'ask', question: 'list of our competitors' });
  });

  it('tells the two sides of a comparison apart', () => {
    const acmeAndGlobex = { kind: 'compare', left: 'Acme', right: 'Globex' } as const;
    reads('compare Acme, Globex', acmeAndGlobex);
    reads('compare Acme ,Globex ', acmeAndGlobex);
    reads('compare Acme and Globex', acmeAndGlobex);
    reads('compare "Acme" vs. "Globex"?', acmeAndGlobex);
    reads('compare Acme, Inc., Globex', { kind: 'compare', left: 'Acme, Inc.', right: 'Globex' });
    reads('compare "Smith, Jones and Co", Globex', { kind: 'compare', left: 'Smith, Jones and Co', right: 'Globex' });
    reads('compare Marks and Spencer, Globex', { kind: 'compare', left: 'Marks and Spencer', right: 'Globex' });
  });

  it('takes two ways of scoring for a question, and two accounts whose names are like it for accounts', () => {
    for (const text of ['compare old and new scoring', 'compare the old scores with the new model?'])
      reads(text, { kind: 'ask', question: text });
    reads('compare New Relic and Old Mutual', { kind: 'compare', left: 'New Relic', right: 'Old Mutual' });
    reads('compare "Old Points", New Model', { kind: 'compare', left: 'Old Points', right: 'New Model' });
    reads('scorings', { kind: 'report', topic: 'scorings', about: null });
    reads('leaderboard', { kind: 'report', topic: 'backtest', about: null });
  });

  it('reads the filters of a list in any order', () => {
    reads('list', { kind: 'list', filter: {} });
    reads('list tier 1', { kind: 'list', filter: { tier: 1 } });
    reads('list tier2 owner Dana Ops', { kind: 'list', filter: { tier: 2, owner: 'Dana Ops' } });
    reads('list worst 5', { kind: 'list', filter: { order: 'worst', limit: 5 } });
    reads('list top 0', { kind: 'list', filter: { limit: 1 } });
    reads('list accounts worst top 5 tier 3', { kind: 'list', filter: { order: 'worst', limit: 5, tier: 3 } });
    reads('list fit, early owner dana@ours.example', {
      kind: 'list',
      filter: { label: 'fit, early', owner: 'dana@ours.example' },
    });
    reads('list technology=hubspot where industry="public sector" tier 1', {
      kind: 'list',
      filter: { where: { technology: 'hubspot', industry: 'public sector' }, tier: 1 },
    });
  });

  it('leaves everything else to the conversation', () => {
    for (const question of [
      'which accounts should I call?',
      'Halden',
      'list the best of EMEA',
      'data for Acme',
      'help me',
      'whyever',
    ]) {
      reads(question, { kind: 'ask', question });
    }
    reads('', { kind: 'help' });
    reads(' \u200b ', { kind: 'help' });
    reads('HELP', { kind: 'help' });
    reads('data', { kind: 'coverage' });
    reads('coverage ', { kind: 'coverage' });
    reads('criteria', { kind: 'criteria' });
  });

  it('never fails, and never loses an account that stands in quotes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseCommand(text).kind.length > 0));
    const name = fc
      .string({ unit: 'grapheme-ascii', minLength: 1 })
      .map((text) => text.replaceAll('"', '').replace(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(
        name.filter((text) => text !== ''),
        name.filter((text) => text !== ''),
        (a, b) => {
          reads(`why "${a}"`, { kind: 'why', account: a });
          reads(`compare "${a}", "${b}"`, { kind: 'compare', left: a, right: b });
        },
      ),
    );
  });
});
