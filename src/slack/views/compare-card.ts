import type { Explanation } from '../../icp/explanation.ts';
import { formatNumber } from '../../questions/format-figure.ts';
import type { Answer, CompareCard } from '../../questions/types.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { arithmeticLine, signed } from './arithmetic.ts';
import { actions, button, columns, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { provenance, said } from './provenance.ts';
import { verdict } from './score-card.ts';
import { plain } from './text.ts';

const mostDifferences = 12;

/** Two accounts side by side: what each is, what parts them most, and both sums. */
export function compareCard(answer: Answer<CompareCard>): Message[] {
  const { left, right, differences } = answer.card;
  const lines = differences.slice(0, mostDifferences).map(differenceLine);
  const more = differences.length - lines.length;
  const title = `${plain(left.account.name, 100)} and ${plain(right.account.name, 100)}`;
  return intoMessages(title, [
    columns([verdict(left), verdict(right)]),
    section(said(answer)),
    columns([layerColumn(left), layerColumn(right)]),
    ...lineSections([
      `*What parts them* (points of ${plain(left.account.name, 60)}, then of ${plain(right.account.name, 60)})`,
      ...(lines.length > 0 ? lines : ['no criterion parts them']),
      ...(more > 0 ? [`and ${formatNumber(more, 0)} smaller differences`] : []),
    ]),
    columns([arithmeticLine(left), arithmeticLine(right)]),
    provenance(answer),
    actions([
      button(`Why ${left.account.name}`, numbered(actionIds.why, 0), accountValue(left)),
      button(`Why ${right.account.name}`, numbered(actionIds.why, 1), accountValue(right)),
      button('Receipts', actionIds.receipts, answer.receipt),
    ]),
  ]);
}

function differenceLine({ label, left, right, difference }: CompareCard['differences'][number]): string {
  return `\`${signed(difference).padStart(6)}\`  ${plain(label, 150)}  ${signed(left)} and ${signed(right)}`;
}

function layerColumn({ account, layers }: Explanation): string {
  return [
    `*${plain(account.name, 100)}*`,
    `Right kind of company: firmographic ${signed(layers.firmographic)}, technographic ${signed(layers.technographic)}`,
    `Moving now: behavioural ${signed(layers.behavioural)}, pain ${signed(layers.pain)}`,
  ].join('\n');
}

function accountValue({ account: { book, id, name }, asOf }: Explanation): string {
  return writeAccount({ book, id, name, asOf });
}
