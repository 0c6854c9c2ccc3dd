import { formatNumber } from '../../questions/format-figure.ts';
import type { Answer, CriteriaCard } from '../../questions/types.ts';
import { wonWords } from '../../questions/won-words.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { signed } from './arithmetic.ts';
import { actions, button, context, intoMessages, lineSections, type Message, packLines, section } from './blocks.ts';
import { dataStandingLines } from './data-standing.ts';
import { provenance, said } from './provenance.ts';
import { writeShare } from './rates.ts';
import { plain } from './text.ts';

type Row = CriteriaCard['rows'][number];

const mostInFull = 10;

/** What the model has learnt, strongest first, and how far it may be trusted. */
export function criteriaCard(answer: Answer<CriteriaCard>): Message[] {
  const { card } = answer;
  const standing =
    card.modelVersion === null ? 'no active model' : `model ${card.modelVersion}, ${card.standing ?? 'no standing'}`;
  return intoMessages(`What matters: ${standing}`, [
    section(`*What matters* (${standing})\n${said(answer)}`),
    ...lineSections([...outOfTime(card), foundations(card)]),
    ...lineSections(card.rows.slice(0, mostInFull).flatMap(rowLines)),
    ...lineSections(rest(card.rows.slice(mostInFull))),
    ...lineSections(dataStandingLines(card.data)),
    ...card.warnings.slice(0, 10).map((warning) => context(`Note: ${plain(warning, 500)}`)),
    provenance(answer, [standing]),
    actions([
      button('Receipts', actionIds.receipts, answer.receipt),
      button('Tier 1 accounts', numbered(actionIds.ask, 0), 'list tier 1'),
      button('What data there is', numbered(actionIds.ask, 1), 'data'),
    ]),
  ]);
}

function rowLines({ label, layer, part, weight, strength, causal, best, worst }: Row): string[] {
  const ends = [best, worst].flatMap((end) => {
    if (end === null) return [];
    const rate = end.rate === null ? 'points given by hand' : wonWords(part, end.rate);
    return [`\`${signed(end.points).padStart(6)}\`  ${plain(end.label, 150)}  _${rate}_`];
  });
  return [`*${plain(label, 150)}*  weight ${writeShare(weight)}, ${strength}, ${layer}, ${causal}`, ...ends];
}

/** The weaker ones by name: a book may have hundreds, and a card is read in a minute. */
function rest(rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const names = rows.map(({ label, weight }) => `${plain(label, 60)} ${writeShare(weight)}`);
  return [`*And ${formatNumber(rows.length, 0)} that weigh less*`, ...packLines(names, 400, ', ')];
}

function foundations({ base, ratio, k, stageValues }: CriteriaCard): string {
  const values = Object.entries(stageValues).map(([stage, value]) => `${plain(stage, 30)} ${formatNumber(value, 0)}`);
  const parts = [
    `base ${formatNumber(base, 1)}`,
    `stage values ${values.slice(0, 10).join(', ') || 'not set'}`,
    `churn likeness takes off up to ${writeShare(k)}`,
  ];
  if (ratio !== null) parts.push(`the strongest criterion weighs ${formatNumber(ratio, 1)} times the weakest`);
  return `*Stands on*  ${parts.join('; ')}`;
}

function outOfTime({ outOfTime: held }: CriteriaCard): string[] {
  if (held === null) return ['*Out of time*  not measured yet'];
  const range = (low: number, high: number, decimals: number) =>
    `${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}`;
  const parts = [
    `${formatNumber(held.events, 0)} won of ${formatNumber(held.n, 0)} later accounts`,
    `AUC ${formatNumber(held.auc.v, 2)} (${range(held.auc.low, held.auc.high, 2)})`,
    `log loss ${formatNumber(held.logLoss, 3)} against ${formatNumber(held.baseLogLoss, 3)} for the base rate (gain ${range(held.gain.low, held.gain.high, 3)})`,
    `top tenth wins ${formatNumber(held.topDecileLift, 1)} times as often`,
  ];
  return [`*Out of time*  ${parts.join('; ')}`];
}
