import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import type { Answer, CoverageCard } from '../../questions/types.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { actions, button, context, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { dataStandingLines } from './data-standing.ts';
import { provenance, said } from './provenance.ts';
import { writeRate } from './rates.ts';
import { plain } from './text.ts';

/** What data stands behind the scores: outcomes with their span, fields with how often they are filled, and conflicts. */
export function coverageCard(answer: Answer<CoverageCard>): Message[] {
  const { accounts, outcomes, fields, setAside, data } = answer.card;
  return intoMessages('What data there is', [
    section(`*What data there is*  ${formatNumber(accounts, 0)} accounts\n${said(answer)}`),
    ...lineSections(['*Outcomes*', ...(outcomes.length > 0 ? outcomes.map(outcomeLine) : ['none yet'])]),
    ...lineSections(dataStandingLines(data)),
    ...lineSections(['*Fields*', ...(fields.length > 0 ? fields.map(fieldLine) : ['none yet'])]),
    ...(setAside === 0 ? [] : [context(setAsideLine(setAside))]),
    provenance(answer),
    actions([
      button('Receipts', actionIds.receipts, answer.receipt),
      button('What matters', numbered(actionIds.ask, 0), 'criteria'),
    ]),
  ]);
}

function setAsideLine(rows: number): string {
  const counted = rows === 1 ? '1 row was' : `${formatNumber(rows, 0)} rows were`;
  return `${counted} set aside when the data was read, each with its reason.`;
}

function outcomeLine({ kind, count, from, to }: CoverageCard['outcomes'][number]): string {
  const day = (iso: string) => plain(formatDate(iso), 40);
  const span = from === null || to === null ? 'without dates' : `${day(from)} to ${day(to)}`;
  return `${plain(kind, 40)}  ${formatNumber(count, 0)}, ${span}`;
}

function fieldLine({ field, layer, fill, sources, conflicts, state }: CoverageCard['fields'][number]): string {
  const from = `${formatNumber(sources, 0)} ${sources === 1 ? 'source' : 'sources'}`;
  const parts = [layer, `filled ${writeRate(fill)}`, from];
  if (conflicts > 0) parts.push(`${formatNumber(conflicts, 0)} conflicts`);
  if (state !== '') parts.push(plain(state, 120));
  return `*${plain(field, 80)}*  ${parts.join(', ')}`;
}
