import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { reportLines } from '../src/questions/reports/report-lines.ts';
import { bookField } from './fields.ts';

const schema = z.object({
  topic: z
    .enum([
      'drift',
      'calibration',
      'backtest',
      'scorings',
      'impact',
      'bias',
      'values',
      'revenue',
      'freshness',
      'early',
      'disagreements',
      'answers',
      'missing-fields',
      'overrides',
      'governance',
      'health',
      'outreach-test',
    ])
    .describe(
      '"drift": what has moved in the market. "calibration": what was said against what happened. "backtest": champion and past versions on ' +
        'the same later accounts, is it getting better. "scorings": old scoring beside the new. "impact": win rate, contract value, cycle and the rest by tier. "bias": recent or large deals. "values": worth of each ' +
        'stage. "revenue": revenue per account with and without expansion in the score. "freshness": ages of sources and signals. "early": right ' +
        'and not moving, or moving and not right. "disagreements": where reps and the model part. "answers": what ' +
        'reps say of the leads they are given, by tier, reason, person and week. "missing-fields": what to find out. ' +
        '"overrides": tiers that people set beside the model, and how often they were right. ' +
        '"governance": who owns what, what is due, who answers doubts, what happens at a tier. ' +
        '"health": whether outreach works: positive replies by segment, their quality, meetings with a next step, days to a deal. ' +
        '"outreach-test": how the dated test of outreach goes, cell by cell.',
    ),
  about: z
    .string()
    .max(40)
    .optional()
    .describe(
      'For "governance": a tier, such as "tier 2", for what happens at it. For "answers": "how good we were", for what was said at the moment of ' +
        'a decision beside what forecasts promised.',
    ),
  book: bookField,
});

/** How well the model does, and whether the market still is what it learnt. */
export const modelHealth = defineTool({
  name: 'model_health',
  title: 'Check the model',
  description:
    'Returns how well the model does: drift of the market, calibration, backtests, impact by tier, bias. Use it for how good were we, has the ' +
    'market moved, win rate by tier, is it biased by recent deals.',
  access: 'read',
  roles,
  status: 'is checking the model',
  schema,
  async run({ questions }, { topic, about, book }) {
    const options = { ...(about === undefined ? {} : { about }), ...(book === undefined ? {} : { book }) };
    const answer = await questions.report(topic, options);
    return { text: [answer.text, ...reportLines(answer.card)].join('\n'), data: answer.card, answer };
  },
});
