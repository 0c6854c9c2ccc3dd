import { startTest, stopTest } from '../../engine/outreach-test.ts';
import { UsageError } from '../../errors.ts';
import type { OutreachTest } from '../../icp/outreach/outreach-test.ts';
import { bookOf } from '../../questions/pin.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption, integerOption } from '../reading.ts';
import { printAnswer } from './reports.ts';

export const test: Command = {
  name: 'test',
  args: [{ syntax: '<word>', description: 'start, show or stop' }],
  options: [
    { flags: '--name <name>', description: 'what it is called, to start one' },
    { flags: '--days <n>', description: 'how long it lasts; 60 when not given' },
    { flags: '--hypothesis <text>', description: 'what it is to find out' },
    { flags: '--from <date>', description: 'the day that it begins; today when not given' },
    asFlag,
    bookFlag,
  ],
  async run(lodestar, asked) {
    const { out, options } = asked;
    const [word] = asked.args;
    const book = await bookOf(lodestar.store, bookOption(options).book);
    switch (word) {
      case 'start': {
        const actor = await actingFor(lodestar.store, asked);
        const begun = await startTest(lodestar, {
          ...{ book, actor, name: String(options.name ?? ''), days: integerOption(options.days, '--days', 60) },
          hypothesis: typeof options.hypothesis === 'string' ? options.hypothesis : null,
          from: instantOption(options.from, '--from'),
        });
        return out.answer(
          printed(begun),
          `The test ${begun.name} runs from ${day(begun.startsAt)} to ${day(begun.endsAt)}; lodestar test show reads it.`,
        );
      }
      case 'stop': {
        const ended = await stopTest(lodestar, { book: book.name, actor: await actingFor(lodestar.store, asked) });
        return out.answer(
          printed(ended),
          `The test ${ended.name} is ended; the history of the setting test.${book.name} keeps it.`,
        );
      }
      case 'show':
        return printAnswer(asked, await lodestar.questions.report('outreach-test', bookOption(options)));
      default:
        throw new UsageError(`test needs start, show or stop, got ${word ?? 'nothing'}`);
    }
  },
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function printed({ startsAt, endsAt, ...rest }: OutreachTest) {
  return { ...rest, startsAt: day(startsAt), endsAt: day(endsAt) };
}
