import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure, parseCommandLine } from '../../src/cli/program.ts';
import { AccountNotFoundError, IcpError, UsageError } from '../../src/errors.ts';

const commandOf = async (...argv: string[]) => {
  const invocation = await parseCommandLine(argv);
  assert.equal(invocation.kind, 'command', JSON.stringify(invocation));
  return invocation.kind === 'command' ? invocation : assert.fail();
};
const textOf = async (...argv: string[]) => {
  const invocation = await parseCommandLine(argv);
  return invocation.kind === 'text' ? invocation : assert.fail(`${argv.join(' ')} was taken for a command`);
};

describe('parseCommandLine', () => {
  it('prints every command with what it does', async () => {
    const { text, exitCode } = await textOf('--help');
    assert.equal(exitCode, 0);
    const wanted = ['start', 'demo', 'import', 'analyze', 'score', 'explain', 'compare', 'criteria', 'coverage', 'ask'];
    for (const name of [...wanted, 'receipt', 'export', 'settings', 'doctor'])
      assert.match(text, new RegExp(`^  ${name} .*\\w`, 'm'));
    const explain = await textOf('explain', '--help');
    assert.equal(explain.exitCode, 0);
    assert.match(explain.text, /<account>[\s\S]*--json[\s\S]*--at <date>/);
    assert.match((await textOf('help', 'export')).text, /--out <file>/);
  });

  for (const argv of [
    [],
    ['nonsense'],
    ['explain'],
    ['explain', 'a', 'b'],
    ['explain', 'a', '--nonsense'],
    ['explain', 'a', '--at'],
  ]) {
    it(`takes "${argv.join(' ')}" for a mistake and says which`, async () => {
      const { text, exitCode } = await textOf(...argv);
      assert.equal(exitCode, 2);
      assert.ok(text.trim().length > 20, text);
    });
  }

  it('reads arguments and flags, before or after one another', async () => {
    const { command, json, asked } = await commandOf(
      'explain',
      '--json',
      'Acme, Inc',
      '--at',
      '2026-01-31',
      '--book',
      'b',
    );
    assert.deepEqual(
      [command.name, json, asked],
      ['explain', true, { args: ['Acme, Inc'], options: { at: '2026-01-31', book: 'b' } }],
    );
    assert.deepEqual((await commandOf('settings')).asked.args, []);
    assert.equal((await commandOf('analyze')).json, false);
    assert.equal((await parseCommandLine(['start'])).kind, 'start');
  });

  it('takes every name that its table lists for a command of that name', async () => {
    const { text } = await textOf('--help');
    const names = [...text.matchAll(/^ {2}(\w+) /gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => !['start', 'help'].includes(name));
    assert.ok(names.length >= 13);
    for (const name of names) {
      const invocation = await parseCommandLine([name, 'x', 'y']);
      if (invocation.kind === 'command') assert.equal(invocation.command.name, name);
    }
  });
});

describe('failure', () => {
  it('gives usage 2 and all else 1, with a sentence and never a stack', () => {
    assert.deepEqual(failure(new UsageError('needs a date')), { exitCode: 2, sentence: 'needs a date' });
    assert.deepEqual(failure(new IcpError('no_data', 'there is no data')), {
      exitCode: 1,
      sentence: 'there is no data',
    });
    const unforeseen = failure(new TypeError('x is not a function'));
    assert.equal(unforeseen.exitCode, 1);
    assert.ok(!unforeseen.sentence.includes('x is not a function'));
  });

  it('lists the accounts that may have been meant, each as it can be typed', () => {
    const candidates = [
      { book: 'main', id: '001', name: 'Acme' },
      { book: 'other', id: '9', name: 'Acme Two' },
    ];
    assert.equal(
      failure(new AccountNotFoundError('no account answers to "acm"; did you mean one of these', candidates)).sentence,
      'no account answers to "acm"; did you mean one of these:\n  - Acme (main:001)\n  - Acme Two (other:9)',
    );
    assert.equal(failure(new AccountNotFoundError('none is near', [])).sentence, 'none is near');
  });
});
