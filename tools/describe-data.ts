import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { bookField } from './fields.ts';

const schema = z.object({ book: bookField });

/** What the scores rest on. */
export const describeData = defineTool({
  name: 'describe_data',
  title: 'Describe the data',
  description:
    'Returns what data there is: outcomes by kind with their dates, and for every field how much is filled in, from how many sources, ' +
    'with how many conflicts. Use it for how many wins, how far back, which fields are empty, can we trust a field.',
  access: 'read',
  roles,
  status: 'is counting what is filled in',
  schema,
  async run({ questions, quote }, { book }) {
    const answer = await questions.coverage(book === undefined ? {} : { book });
    const fields = [...answer.card.fields]
      .sort((a, b) => a.fill.v - b.fill.v)
      .slice(0, 20)
      .map(({ field, layer, state }) => `- ${quote(field, 60)} (${layer}): ${state}`);
    return {
      text: [answer.text, ...(fields.length > 0 ? ['Fields, emptiest first:', ...fields] : [])].join('\n'),
      data: answer.card,
      answer,
    };
  },
});
