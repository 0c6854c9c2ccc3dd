import { fillIn } from '../../questions/format-figure.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption, plainText } from '../reading.ts';

export const compare: Command = {
  name: 'compare',
  args: [
    { syntax: '<left>', description: 'an id, a domain or a name' },
    { syntax: '<right>', description: 'the other one' },
  ],
  options: [{ flags: '--at <date>', description: 'as they were known on a day' }, bookFlag],
  async run({ questions }, { out, args: [left = '', right = ''], options }) {
    const at = instantOption(options.at, '--at');
    const answer = await questions.compare(left, right, { ...(at === null ? {} : { at }), ...bookOption(options) });
    const { card } = answer;
    const rows = card.differences.map(({ label, left: own, right: other, difference }) =>
      [difference, own, other]
        .map((points) => points.toFixed(1).padStart(8))
        .concat(`  ${label}`)
        .join(''),
    );
    out.answer(
      { ...card, receipt: answer.receipt },
      [
        plainText(fillIn(answer.text, answer.figures)),
        '',
        '  differ    left   right',
        ...rows,
        '',
        `Receipt ${answer.receipt}`,
      ].join('\n'),
    );
  },
};
