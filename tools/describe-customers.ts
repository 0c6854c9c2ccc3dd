import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { reportLines } from '../src/questions/reports/report-lines.ts';
import { bookField } from './fields.ts';

const schema = z.object({
  topic: z
    .enum(['churn-watch', 'expansions', 'expanded', 'misleading-leads'])
    .describe(
      '"churn-watch": customers that look like those who left, and those who did leave. "expansions": customers that are likely to buy more. ' +
        '"expanded": those that bought more in the last quarter. "misleading-leads": leads that look ideal and match those who left.',
    ),
  book: bookField,
});

/** Which customers may leave, and which may grow. */
export const describeCustomers = defineTool({
  name: 'describe_customers',
  title: 'Describe the customers',
  description:
    'Returns customers that have started to look like those who left, with days of runway and the nearest customer who churned, or those ' +
    'likely to expand, with signs and an action, or those that left or bought more. Use it for who is at risk, who churned and why, who will ' +
    'expand, and who did.',
  access: 'read',
  roles,
  status: 'is looking at the customers',
  schema,
  async run({ questions }, { topic, book }) {
    const answer = await questions.report(topic, book === undefined ? {} : { book });
    return { text: [answer.text, ...reportLines(answer.card)].join('\n'), data: answer.card, answer };
  },
});
