import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import type { Answer, HistoryCard } from '../../questions/types.ts';
import { actionIds } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { actions, button, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { provenance, said } from './provenance.ts';
import { writeShare } from './rates.ts';
import { plain } from './text.ts';

const mostDeals = 15;
const mostFields = 40;
const mostMoments = 30;

/** What is on record about an account: deals first, then its life as a customer, its fields and what happened when. */
export function historyCard(answer: Answer<HistoryCard>): Message[] {
  const { account, deals, customer, fields, timeline } = answer.card;
  const value = writeAccount({ ...account, asOf: answer.asOf });
  const name = plain(account.name, 150);
  return intoMessages(`The history of ${name}`, [
    section(`*The history of ${name}*\n${said(answer)}`),
    ...lineSections(titled('Deals', deals.map(dealLine), mostDeals)),
    ...(customer === null ? [] : lineSections(['*Customer*', customerLine(customer)])),
    ...lineSections(titled('Fields', fields.map(fieldLine), mostFields)),
    ...lineSections(titled('What happened, latest first', timeline.map(momentLine), mostMoments)),
    provenance(answer, ['words from the CRM are quoted as they stand there']),
    actions([
      button('Why', actionIds.account, value),
      button('Compare', actionIds.compare, value),
      button('Receipts', actionIds.receipts, answer.receipt),
    ]),
  ]);
}

function titled(title: string, lines: readonly string[], most: number): string[] {
  if (lines.length === 0) return [`*${title}*  none on record`];
  const left = lines.length - most;
  return [`*${title}*`, ...lines.slice(0, most), ...(left > 0 ? [`and ${formatNumber(left, 0)} more`] : [])];
}

function dealLine(deal: HistoryCard['deals'][number]): string {
  const parts = [`${plain(deal.type, 30)} ${plain(deal.outcome, 30)}`];
  parts.push(deal.amount === null ? 'amount not known' : formatNumber(deal.amount, 0));
  if (deal.createdAt !== null) parts.push(`opened ${day(deal.createdAt)}`);
  if (deal.closedAt !== null) parts.push(`closed ${day(deal.closedAt)}`);
  if (deal.cycleDays !== null) parts.push(`${formatNumber(deal.cycleDays, 0)} days`);
  if (deal.lossReason !== null) parts.push(`loss reason “${plain(deal.lossReason, 200)}”`);
  if (deal.missingToQualify.length > 0) {
    parts.push(
      `to qualify it lacks ${deal.missingToQualify
        .slice(0, 5)
        .map((what) => plain(what, 60))
        .join(', ')}`,
    );
  }
  const more = Object.entries(deal.more).slice(0, 4);
  for (const [field, value] of more) parts.push(`${plain(field, 40)} “${plain(value, 100)}”`);
  return `*${plain(deal.id, 60)}*  ${parts.join(', ')}`;
}

function customerLine(customer: NonNullable<HistoryCard['customer']>): string {
  const parts =
    customer.startedAt === null || customer.tenureMonths === null
      ? [customer.left ? 'was one, nobody knows for how long' : 'nobody knows since when']
      : [`since ${day(customer.startedAt)}, ${formatNumber(customer.tenureMonths, 0)} months`];
  if (customer.endedAt !== null) parts.push(`left ${day(customer.endedAt)}`);
  if (customer.churnReason !== null) parts.push(`churn reason “${plain(customer.churnReason, 200)}”`);
  if (customer.arr !== null) parts.push(`ARR ${formatNumber(customer.arr, 0)}`);
  if (customer.usageTrend !== null) parts.push(`usage trend ${writeShare(customer.usageTrend)}`);
  return parts.join(', ');
}

function fieldLine({ field, value, observedAt, source, conflict }: HistoryCard['fields'][number]): string {
  const seen = observedAt === null ? 'without a date' : day(observedAt);
  const disputed = conflict === null ? '' : `; *conflict:* ${plain(conflict, 200)}`;
  return `${plain(field, 80)}: “${plain(value, 200)}”  _${seen}, ${plain(source, 60)}_${disputed}`;
}

function momentLine({ at, what, detail, source }: HistoryCard['timeline'][number]): string {
  const more = detail === null ? '' : `: “${plain(detail, 200)}”`;
  return `${day(at)}  ${plain(what, 100)}${more}  _${plain(source, 60)}_`;
}

function day(iso: string): string {
  return plain(formatDate(iso), 40);
}
