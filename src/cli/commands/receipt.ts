import { IcpError } from '../../errors.ts';
import { formatFigure } from '../../questions/format-figure.ts';
import type { Command } from '../command.ts';

export const receipt: Command = {
  name: 'receipt',
  args: [{ syntax: '<id>', description: 'as printed under an answer, such as r_0123456789ab' }],
  async run({ questions }, { out, args: [id = ''] }) {
    const found = await questions.receipt(id);
    const figures = found.figures.map((figure) => `  ${figure.label}: ${formatFigure(figure)}`);
    const verdict = found.same
      ? `Asked again just now: all ${found.figures.length} figures are the same.`
      : `Asked again just now: ${found.differences.length} figures differ, so something was changed by hand.`;
    out.answer(
      found,
      [
        `${found.question} ${JSON.stringify(found.arguments)}`,
        `as of ${found.asOf}, up to import ${found.importId}, model version ${found.modelVersion ?? 'none'}`,
        ...found.read.map((line) => `read: ${line}`),
        ...figures,
        verdict,
        ...found.differences.map(({ key, stored, again }) => `  ${key}: kept ${stored}, now ${again}`),
      ].join('\n'),
    );
    if (!found.same)
      throw new IcpError(
        'tampered',
        'a stored figure does not agree with the data it came from; somebody changed one of them by hand',
      );
  },
};
