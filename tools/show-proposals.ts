import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { reportLines } from '../src/questions/reports/report-lines.ts';
import { bookField } from './fields.ts';

const schema = z.object({
  topic: z
    .enum(['changes', 'simulate', 'models', 'routing'])
    .describe(
      '"changes": what is proposed to change in the ICP, and how it stands. "simulate": what one proposal would do, account by account. ' +
        '"models": every version of the ICP and what changed in it. "routing": the rules by which leads are routed, as they were and as they are.',
    ),
  version: z
    .int()
    .positive()
    .optional()
    .describe('for routing: a version that is not in force yet; for models: the one to show whole'),
  proposal: z.int().positive().optional().describe('the number of one proposal; needed to simulate'),
  book: bookField,
});

/** What is proposed to change, what it would do, and what was changed before. Deciding is for buttons. */
export const showProposals = defineTool({
  name: 'show_proposals',
  title: 'Show proposed changes',
  description:
    'Returns proposed changes of the ICP with what each would do, or its versions. Use it for what is pending, what would this change do, what ' +
    'changed in the ICP lately, who approved it. It decides nothing: people press buttons for that.',
  access: 'read',
  roles,
  status: 'is looking at the proposals',
  schema,
  async run({ questions }, { topic, proposal, version, book }) {
    const number = topic === 'routing' || topic === 'models' ? version : proposal;
    const about = number === undefined ? {} : { about: String(number) };
    const answer = await questions.report(topic, { ...about, ...(book === undefined ? {} : { book }) });
    return { text: [answer.text, ...reportLines(answer.card)].join('\n'), data: answer.card, answer };
  },
});
