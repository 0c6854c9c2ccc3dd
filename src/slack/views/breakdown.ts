import type { ExplainedCriterion, Explanation } from '../../icp/explanation.ts';
import { type Layer, layers, stages } from '../../icp/types.ts';
import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import type { Answer, ScoreCard } from '../../questions/types.ts';
import { wonWords } from '../../questions/won-words.ts';
import { actionIds } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { arithmeticLine, signed } from './arithmetic.ts';
import { actions, button, context, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { writeShare } from './rates.ts';
import { plain } from './text.ts';

const layerTitles: Readonly<Record<Layer, string>> = {
  firmographic: 'Right kind of company: firmographic',
  technographic: 'Right kind of company: technographic',
  behavioural: 'Moving now: behavioural',
  pain: 'Moving now: pain',
};

/** What is behind Why: every criterion with its points and what they rest on, layer by layer, and the sum at the end. */
export function breakdown(answer: Answer<ScoreCard>): Message[] {
  const { explanation } = answer.card;
  const { name, book, id } = explanation.account;
  const value = writeAccount({ book, id, name, asOf: explanation.asOf });
  return intoMessages(`How the score of ${plain(name, 150)} comes about`, [
    section(
      `*How the score of ${plain(name, 150)} comes about*\nBase ${formatNumber(explanation.base, 1)}: where the average account that is no customer starts`,
    ),
    ...layers.flatMap((layer) => lineSections(layerLines(explanation, layer))),
    ...lineSections(levers(explanation)),
    section(arithmeticLine(explanation)),
    ...explanation.warnings.map((warning) => context(`Note: ${plain(warning, 500)}`)),
    actions([
      button('Receipts', actionIds.receipts, answer.receipt),
      button('Compare', actionIds.compare, value),
      button('Wrong?', actionIds.wrong, value),
    ]),
  ]);
}

function layerLines({ criteria, layers: totals }: Explanation, layer: Layer): string[] {
  const own = criteria.filter((criterion) => criterion.layer === layer).toSorted((a, b) => b.points - a.points);
  const lines = own.map(criterionLine);
  return [`*${layerTitles[layer]}  ${signed(totals[layer])}*`, ...(lines.length > 0 ? lines : ['no criterion yet'])];
}

/** Two lines: what it is, and what it rests on. */
function criterionLine(criterion: ExplainedCriterion): string {
  const { points, label, part, rate, weight, strength, causal, observedAt, source } = criterion;
  const parts = [
    rate === null ? 'points given by hand' : wonWords(part, rate),
    `weight ${writeShare(weight)} (${strength})`,
    causal,
    source === null ? 'source not known' : plain(source, 60),
  ];
  if (observedAt !== null) parts.push(plain(formatDate(observedAt), 40));
  return `\`${signed(points).padStart(6)}\`  *${plain(label, 150) || 'unnamed'}*\n${parts.join('  ·  ')}`;
}

function levers({ levers: reached, detractor, ranksOnly }: Explanation): string[] {
  const chances = stages.map((stage) => `${stage} ${writeShare(reached[stage])}`).join(', ');
  const churn =
    detractor.probability === null || detractor.baseRate === null
      ? 'too few customers have churned after use to tell, so nothing is taken off'
      : `${writeShare(detractor.probability)} against ${writeShare(detractor.baseRate)} for the average customer, likeness ${formatNumber(detractor.match, 3)}, so the fit part is multiplied by 1 - ${formatNumber(detractor.k, 2)} × ${formatNumber(detractor.match, 3)} = ${formatNumber(detractor.multiplier, 3)}`;
  return [
    ranksOnly === undefined ? `*Chance to be*  ${chances}` : `*Chances*  ${plain(ranksOnly, 300)}`,
    `*Churn after use*  ${churn}`,
    ...detractor.reasons.slice(0, 5).map((reason) => `• ${plain(reason, 200)}`),
  ];
}
