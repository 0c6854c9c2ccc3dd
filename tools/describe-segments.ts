import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { reportLines } from '../src/questions/reports/report-lines.ts';
import { bookField } from './fields.ts';

const schema = z.object({
  segment: z.string().max(200).optional().describe('One segment by its name; leave out for all of them.'),
  book: bookField,
});

/** What kinds of customers there are. */
export const describeSegments = defineTool({
  name: 'describe_segments',
  title: 'Describe the segments',
  description:
    'Returns the segments found among those who bought: traits, win rate and contract value against the average, how stable each is, and ' +
    'which are emerging. Use it for what kinds of customers we have, one segment by name, what is new or growing.',
  access: 'read',
  roles,
  status: 'is looking at the segments',
  schema,
  async run({ questions }, { segment, book }) {
    const options = { ...(segment === undefined ? {} : { about: segment }), ...(book === undefined ? {} : { book }) };
    const answer = await questions.report('segments', options);
    return { text: [answer.text, ...reportLines(answer.card)].join('\n'), data: answer.card, answer };
  },
});
