import type { KnownBlock } from '@slack/types';
import { isLowEvidence } from '../../icp/evidence.ts';
import { formatDate, formatNumber, roughScore } from '../../questions/format-figure.ts';
import type { Answer, ListCard, ListedAccount } from '../../questions/types.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { limits } from '../limits.ts';
import { actions, button, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { provenance, said } from './provenance.ts';
import { plain } from './text.ts';

const mostWithButton = 10;
const mostRows = 100;

/** Accounts, best known first: the first ten a press away from their reasons, the rest as lines. */
export function listCard(answer: Answer<ListCard>): Message[] {
  const { title, rows, total } = answer.card;
  const shown = rows.slice(0, mostRows);
  const counted = total === 0 ? 'none' : `${formatNumber(shown.length, 0)} of ${formatNumber(total, 0)}`;
  const heading = plain(title.charAt(0).toUpperCase() + title.slice(1), 150) || 'Accounts';
  return intoMessages(`${heading}: ${counted}`, [
    section(`*${heading}*  (${counted})\n${said(answer)}`),
    ...shown.slice(0, mostWithButton).map((row, index) => withButton(row, index, answer.asOf)),
    ...lineSections(shown.slice(mostWithButton).map(rowLine)),
    provenance(answer),
    actions([
      button('Receipts', actionIds.receipts, answer.receipt),
      button('What matters', actionIds.ask, 'criteria'),
    ]),
  ]);
}

function rowLine({ name, score, range, tier, evidence, ownerEmail, label, because, override }: ListedAccount): string {
  const scored = isLowEvidence(evidence) ? roughScore(score, range ?? null) : formatNumber(score, 1);
  const owner = ownerEmail === null ? 'no owner' : plain(ownerEmail, 80);
  const labelled = label === null ? '' : `, _${plain(label, 60)}_`;
  const reason = because === undefined ? '' : `, ${plain(because, 200)}`;
  const overridden =
    override === undefined
      ? ''
      : `, *tier ${override.tier}* by decision of ${plain(override.by, 60)} until ${formatDate(override.until)}`;
  return `*${plain(name, 100)}*  ${scored}, tier ${tier}${overridden}, evidence ${plain(evidence, 20)}, ${owner}${labelled}${reason}`;
}

function withButton(row: ListedAccount, index: number, asOf: string): KnownBlock {
  const value = writeAccount({ ...row, asOf });
  if (value.length > limits.buttonValue) return section(rowLine(row));
  return section(rowLine(row), button('Why', numbered(actionIds.account, index), value));
}
