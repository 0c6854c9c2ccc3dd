import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { bookField } from './fields.ts';

const schema = z.object({ book: bookField });

/** What the active model goes by. */
export const describeCriteria = defineTool({
  name: 'describe_criteria',
  title: 'Describe the criteria',
  description:
    'Returns the criteria of the active model with weight, strength, best and worst value and causal verdict, and how well the model ' +
    'predicted on later accounts. Use it for what matters, what we look for, our ideal customer, whether a trait counts, how good the model is.',
  access: 'read',
  roles,
  status: 'is reading the criteria',
  schema,
  async run({ questions, quote }, { book }) {
    const answer = await questions.criteria(book === undefined ? {} : { book });
    const { rows, verdict, warnings } = answer.card;
    const lines = rows
      .slice(0, 15)
      .map(({ label, layer, strength, causal, best, worst }) =>
        [
          `- ${quote(label)} (${layer}, ${strength}, causal: ${causal})`,
          best ? `best: ${quote(best.label)}` : '',
          worst ? `worst: ${quote(worst.label)}` : '',
        ]
          .filter(Boolean)
          .join('; '),
      );
    return {
      text: [answer.text, verdict, ...lines, ...warnings.map((warning) => `Warning: ${warning}`)].join('\n'),
      data: answer.card,
      answer,
    };
  },
});
