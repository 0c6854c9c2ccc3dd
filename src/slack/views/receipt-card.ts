import { formatDate, formatFigure } from '../../questions/format-figure.ts';
import type { Receipt } from '../../questions/types.ts';
import { context, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

const mostFigures = 40;

/** Where the figures of a card came from, and whether running the question again gives the same ones. */
export function receiptCard(receipt: Receipt): Message[] {
  return intoMessages(`Receipt ${plain(receipt.id, 60)}`, [
    section(titleLines(receipt).join('\n')),
    ...lineSections(receipt.differences.map(differenceLine)),
    ...lineSections([...askedLines(receipt), ...figureLines(receipt)]),
    context(
      `Made ${plain(formatDate(receipt.createdAt), 40)}. Nothing to press: a receipt only shows where figures came from.`,
    ),
  ]);
}

/** The same as text, with the figures of one line of a proposal; 0 for all of them. */
export function receiptText(receipt: Receipt, line: number): string[] {
  const ofLine = receipt.figures.filter(({ key }) => line === 0 || key.startsWith(`line${line}.`));
  return [
    ...titleLines(receipt),
    ...receipt.differences.map(differenceLine),
    ...askedLines(receipt),
    ...figureLines({ ...receipt, figures: ofLine }),
  ];
}

function titleLines({ id, same }: Receipt): string[] {
  const verdict = same
    ? 'Run again just now: every figure is the same.'
    : '*Run again just now: some figures are different, so this answer can no longer be relied on.*';
  return [`*Receipt ${plain(id, 60)}*`, verdict];
}

function askedLines(receipt: Receipt): string[] {
  return [
    `*Asked*  ${receipt.question} ${plain(JSON.stringify(receipt.arguments), 500)}`,
    `*As of*  ${plain(formatDate(receipt.asOf), 40)}, import ${receipt.importId}, ${model(receipt)}`,
    '*Read*',
    ...receipt.read.map((line) => plain(line, 300)),
  ];
}

/** Numbers only, and not all of many: the rest is a command away. */
function figureLines({ id, figures }: Receipt): string[] {
  const numbers = figures.filter(({ unit }) => unit !== 'text');
  const left = numbers.length - mostFigures;
  return [
    `*Figures*  ${numbers.length}`,
    ...numbers
      .slice(0, mostFigures)
      .map((figure) => `${plain(figure.label, 120)}: ${plain(formatFigure(figure), 200)}`),
    ...(left > 0 ? [`and ${left} more; \`lodestar receipt ${plain(id, 60)}\` has them all`] : []),
  ];
}

function model({ modelVersion }: Receipt): string {
  return modelVersion === null ? 'no model' : `model ${modelVersion}`;
}

function differenceLine({ key, stored, again }: Receipt['differences'][number]): string {
  return `${plain(key, 120)}: was ${plain(String(stored ?? 'not known'), 100)}, is ${plain(String(again ?? 'not known'), 100)}`;
}
