import { UsageError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption } from '../reading.ts';
import { printAnswer } from './reports.ts';

const account = { syntax: '<account>', description: 'an id, a domain or a name' };

export const whyChanged: Command = {
  name: 'why-changed',
  args: [account],
  options: [
    { flags: '--from <date>', description: 'the earlier day; thirty days before the later when not given' },
    { flags: '--to <date>', description: 'the later day; that of the last scoring when not given' },
    bookFlag,
  ],
  async run({ questions }, asked) {
    const at = instantOption(asked.options.from, '--from');
    const to = instantOption(asked.options.to, '--to');
    const days = { ...(at === null ? {} : { at }), ...(to === null ? {} : { to }) };
    const options = { about: asked.args[0] ?? '', ...bookOption(asked.options), ...days };
    printAnswer(asked, await questions.report('why-changed', options));
  },
};

export const twins: Command = {
  name: 'twins',
  args: [account],
  options: [bookFlag],
  async run({ questions }, asked) {
    printAnswer(asked, await questions.report('twins', { about: asked.args[0] ?? '', ...bookOption(asked.options) }));
  },
};

export const whatWouldItTake: Command = {
  name: 'what-would-it-take',
  args: [account],
  options: [{ flags: '--tier <n>', description: '1 or 2; the next better one when not given' }, bookFlag],
  async run({ questions }, asked) {
    const options = { about: asked.args[0] ?? '', ...bookOption(asked.options), ...tierOption(asked.options.tier) };
    printAnswer(asked, await questions.report('what-would-it-take', options));
  },
};

export const missingFields: Command = {
  name: 'missing-fields',
  args: [{ syntax: '[account]', description: 'one account; the whole book when not named' }],
  options: [bookFlag],
  async run({ questions }, asked) {
    const [about] = asked.args;
    const options = { ...bookOption(asked.options), ...(about === undefined ? {} : { about }) };
    printAnswer(asked, await questions.report('missing-fields', options));
  },
};

function tierOption(value: unknown): { tier?: 1 | 2 } {
  if (value === undefined) return {};
  if (value === '1') return { tier: 1 };
  if (value === '2') return { tier: 2 };
  throw new UsageError(`--tier needs 1 or 2, got ${String(value)}`);
}
