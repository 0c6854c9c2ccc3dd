import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { accountField, bookField, dayField, instantOf } from './fields.ts';

const schema = z.object({ account: accountField, at: dayField, book: bookField });

/** What happened with an account. */
export const showHistory = defineTool({
  name: 'show_history',
  title: 'Show the history of an account',
  description:
    'Returns what is known of one account: deals and how they ended, loss and churn reasons as written in the CRM, life as a customer, ' +
    'attributes with their source and date. Use it for why we lost it, did it churn, what did it buy, what do we know about it.',
  access: 'read',
  roles,
  status: 'is reading the history',
  schema,
  async run({ questions, quote }, { account, at, book }) {
    const answer = await questions.history(account, { ...instantOf(at), ...(book === undefined ? {} : { book }) });
    const { deals, customer, timeline, fields } = answer.card;
    const text = [
      answer.text,
      ...deals.slice(0, 10).map((deal) => {
        const reason = deal.lossReason ? `; reason written in the CRM: ${quote(deal.lossReason)}` : '';
        const missing =
          deal.missingToQualify.length > 0 ? `; missing to qualify: ${deal.missingToQualify.join(', ')}` : '';
        return `- Deal (${deal.type}) ${deal.outcome}, closed ${deal.closedAt?.slice(0, 10) ?? 'not yet'}${reason}${missing}`;
      }),
      ...(customer
        ? [
            `Customer since ${customer.startedAt?.slice(0, 10) ?? 'an unknown day'}${customer.endedAt ? ` until ${customer.endedAt.slice(0, 10)}` : ''}` +
              (customer.churnReason ? `; reason written in the CRM: ${quote(customer.churnReason)}` : ''),
          ]
        : []),
      ...fields
        .slice(0, 15)
        .map(
          ({ field, value, conflict }) =>
            `- ${quote(field, 60)} is ${quote(value, 80)}${conflict ? `; conflict: ${quote(conflict)}` : ''}`,
        ),
      ...timeline
        .slice(0, 15)
        .map(
          ({ at: day, what, detail }) =>
            `- ${day.slice(0, 10)} ${quote(what, 80)}${detail ? `: ${quote(detail)}` : ''}`,
        ),
    ].join('\n');
    return { text, data: answer.card, answer };
  },
});
