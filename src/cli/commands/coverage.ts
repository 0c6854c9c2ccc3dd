import { fillIn, formatDate } from '../../questions/format-figure.ts';
import type { Command } from '../command.ts';
import { dataLines } from '../data-lines.ts';
import { bookFlag, bookOption, plainText } from '../reading.ts';

export const coverage: Command = {
  name: 'coverage',
  options: [bookFlag],
  async run({ questions }, { out, options }) {
    const answer = await questions.coverage(bookOption(options));
    const { card } = answer;
    const span = (from: string | null, to: string | null) =>
      from === null || to === null ? '' : `${formatDate(from)} to ${formatDate(to)}`;
    out.answer(
      { ...card, receipt: answer.receipt },
      [
        plainText(fillIn(answer.text, answer.figures)),
        '',
        ...card.outcomes.map(
          ({ kind, count, from, to }) => `${String(count).padStart(8)}  ${kind.padEnd(10)} ${span(from, to)}`,
        ),
        '',
        ...card.fields.map(
          ({ field, fill, conflicts, state }) =>
            `${(fill.v * 100).toFixed(1).padStart(7)} %  ${field}: ${state}${conflicts === 0 ? '' : `, ${conflicts} conflicts`}`,
        ),
        ...dataLines(card.data),
        '',
        `Receipt ${answer.receipt}`,
      ].join('\n'),
    );
  },
};
