import type { ContextBlock } from '@slack/types';
import { fillIn, formatDate, formatFigure } from '../../questions/format-figure.ts';
import type { Answer } from '../../questions/types.ts';
import { context } from './blocks.ts';
import { plain, prose } from './text.ts';

const longestSaid = 2500;

/** The template sentence of an answer, with its figures in. What a figure holds of CRM text is escaped as such. */
export function said(answer: Answer): string {
  const text = fillIn(prose(answer.text), answer.figures, (figure) => plain(formatFigure(figure), 200));
  return text.length <= longestSaid ? text || 'Nothing to say' : plain(text, longestSaid);
}

export function provenance({ asOf }: Answer, more: readonly string[] = []): ContextBlock {
  return context([`As of ${plain(formatDate(asOf), 40)}`, ...more].join('  ·  '));
}
