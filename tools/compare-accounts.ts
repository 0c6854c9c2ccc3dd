import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { accountField, bookField, dayField, instantOf } from './fields.ts';

const schema = z.object({
  left: accountField.describe('The first account: its name as the person wrote it, its domain, or its id.'),
  right: accountField.describe('The account to set beside it: name, domain or id.'),
  at: dayField,
  book: bookField,
});

/** Two accounts side by side, and what parts them. */
export const compareAccounts = defineTool({
  name: 'compare_accounts',
  title: 'Compare two accounts',
  description:
    'Returns two accounts side by side with the criteria that part them most, largest first. Use it for which is better, what is ' +
    'the difference, why does one rank above the other.',
  access: 'read',
  roles,
  status: 'is comparing the two accounts',
  schema,
  async run({ questions, quote }, { left, right, at, book }) {
    const answer = await questions.compare(left, right, { ...instantOf(at), ...(book === undefined ? {} : { book }) });
    const parting = answer.card.differences.slice(0, 6).map(({ label, layer, difference }) => {
      const side = difference > 0 ? answer.card.left.account.name : answer.card.right.account.name;
      return `- ${quote(label)} (${layer}), in favour of ${quote(side)}`;
    });
    return { text: [answer.text, answer.card.summary, ...parting].join('\n'), data: answer.card, answer };
  },
});
