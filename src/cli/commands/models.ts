import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { IcpError, UsageError } from '../../errors.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';
import { reportMarkdown } from '../report-markdown.ts';
import { printAnswer } from './reports.ts';

export const models: Command = {
  name: 'models',
  args: [{ syntax: '[version]', description: 'one version; all of them and the training log when absent' }],
  options: [
    { flags: '--out <file>', description: 'writes the version as a Markdown document that stands by itself' },
    bookFlag,
  ],
  async run({ questions }, asked) {
    const { args, options, out, cwd } = asked;
    const [version] = args;
    const about = version === undefined ? {} : { about: version };
    const answer = await questions.report('models', { ...bookOption(options), ...about });
    if (options.out === undefined) return printAnswer(asked, answer);
    if (typeof options.out !== 'string') throw new UsageError('models needs --out FILE');
    const file = resolve(cwd, options.out);
    await writeFile(file, reportMarkdown(answer)).catch((cause: unknown) => {
      throw new IcpError('export', `${file} could not be written; check that its folder exists and may be written to`, {
        cause,
      });
    });
    out.answer(
      { file, receipt: answer.receipt },
      `${answer.card.title} written to ${file}\n\nReceipt ${answer.receipt}`,
    );
  },
};
