import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { reportLines } from '../src/questions/reports/report-lines.ts';
import { bookField } from './fields.ts';

const schema = z.object({
  topic: z
    .enum([
      'losses',
      'churn-patterns',
      'anti-patterns',
      'causal',
      'importance',
      'correlations',
      'hypotheses',
      'anomalies',
    ])
    .describe(
      '"losses" and "churn-patterns": what lost deals, or customers who left, have in common. "anti-patterns": high-risk profiles. ' +
        '"causal": what drives success and what only goes along. "importance": what matters most on later accounts. "correlations": what ' +
        'goes together with winning, expansion, churn. "hypotheses": what may be true and how it was tested. "anomalies": odd weeks, and who is ' +
        'buying this month.',
    ),
  about: z
    .string()
    .max(200)
    .optional()
    .describe(
      'For "causal": one criterion or field by its name, such as "funding". For "correlations": the outcome that is asked about, such as "expansion". For "anomalies": "who is buying".',
    ),
  outcome: z
    .enum(['expansion', 'winning'])
    .optional()
    .describe('For "causal": the outcome that is asked about. Leave out for the one that says most.'),
  book: bookField,
});

/** Patterns, causes and what goes together. */
export const describeFindings = defineTool({
  name: 'describe_findings',
  title: 'Describe what was found',
  description:
    'Returns what the last analysis found on one topic: patterns of losses and churn, causal verdicts, importance, correlations, tested ' +
    'hypotheses, odd weeks, who buys this month. Use it for why we lose, what churned customers share, does X cause Y, what goes together.',
  access: 'read',
  roles,
  status: 'is looking at what was found',
  schema,
  async run({ questions }, { topic, about, outcome, book }) {
    const options = {
      ...(about === undefined ? {} : { about }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(book === undefined ? {} : { book }),
    };
    const answer = await questions.report(topic, options);
    return { text: [answer.text, ...reportLines(answer.card)].join('\n'), data: answer.card, answer };
  },
});
