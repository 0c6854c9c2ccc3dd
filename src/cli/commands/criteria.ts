import { fillIn } from '../../questions/format-figure.ts';
import { bookOf, currentPin } from '../../questions/pin.ts';
import { publishedTable } from '../../questions/published-table.ts';
import type { Command } from '../command.ts';
import { dataLines } from '../data-lines.ts';
import { bookFlag, bookOption, plainText } from '../reading.ts';

export const criteria: Command = {
  name: 'criteria',
  options: [bookFlag],
  async run({ questions, store }, { out, options }) {
    const { book } = bookOption(options);
    const answer = await questions.criteria(book === undefined ? {} : { book });
    const pin = await currentPin(store, await bookOf(store, book));
    const rows = answer.card.rows.map(
      ({ weight, strength, label, layer, best, worst }) =>
        `${weight.toFixed(2)}  ${strength.padEnd(6)}  ${label} (${layer}): ${best?.points.toFixed(1) ?? '0.0'} for "${best?.label ?? ''}", ${worst?.points.toFixed(1) ?? '0.0'} for "${worst?.label ?? ''}"`,
    );
    out.answer(
      { ...publishedTable(pin), data: answer.card.data, receipt: answer.receipt },
      [
        plainText(fillIn(answer.text, answer.figures)),
        '',
        ...rows,
        ...dataLines(answer.card.data),
        '',
        `Receipt ${answer.receipt}`,
      ].join('\n'),
    );
  },
};
