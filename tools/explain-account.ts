import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { reportLines } from '../src/questions/reports/report-lines.ts';
import { accountField, bookField, dayField, instantOf } from './fields.ts';

const schema = z.object({
  account: accountField,
  at: dayField,
  ask: z
    .enum(['why-changed', 'what-would-it-take', 'twins', 'missing-fields'])
    .optional()
    .describe(
      'Leave out for why it has its score. "why-changed": why the score is not what it was on the day `at` (a month ago without it). ' +
        '"what-would-it-take": the fewest facts to change for a better tier. "twins": the customers most like it. "missing-fields": what to find out.',
    ),
  tier: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe('For "what-would-it-take": the tier that is wanted.'),
  book: bookField,
});

/** Why an account has the score and tier it has. */
export const explainAccount = defineTool({
  name: 'explain_account',
  title: 'Explain an account',
  description:
    'Returns the score and tier of one account with everything that adds up to it: base, points of each criterion, detractor, ' +
    'evidence grade. Use it for why, how good, what tier, what holds it back, is it worth calling; and with `ask` for what changed, what ' +
    'it would take to move it, who it is like, what to find out.',
  access: 'read',
  roles,
  status: 'is adding up the score',
  schema,
  async run({ questions, quote }, { account, at, ask, tier, book }) {
    if (ask !== undefined) {
      const options = {
        about: account,
        ...instantOf(at),
        ...(book === undefined ? {} : { book }),
        ...(tier === undefined ? {} : { tier }),
      };
      const answer = await questions.report(ask, options);
      return { text: [answer.text, ...reportLines(answer.card)].join('\n'), data: answer.card, answer };
    }
    const answer = await questions.explain(account, { ...instantOf(at), ...(book === undefined ? {} : { book }) });
    const { explanation, up, down, fit, timing, label } = answer.card;
    const line = (key: string): string[] => {
      const criterion = explanation.criteria.find((one) => one.key === key);
      return criterion
        ? [`- ${quote(criterion.label)} (${criterion.layer}, ${criterion.strength}, causal: ${criterion.causal})`]
        : [];
    };
    const text = [
      answer.text,
      `Right kind of company: ${fit.verdict}. Moving now: ${timing.verdict}.${label ? ` Label: ${label}.` : ''}`,
      ...(up.length > 0 ? ['Up:', ...up.flatMap(line)] : []),
      ...(down.length > 0 ? ['Down:', ...down.flatMap(line)] : []),
      ...(explanation.tierRule ? [`Rule: ${explanation.tierRule}`] : []),
      ...(explanation.override ? [`A person overrode the tier; reason ${quote(explanation.override.reason)}`] : []),
      `Evidence grade ${explanation.evidence.grade}. ${explanation.evidence.reasons.join('; ')}`,
      ...explanation.warnings.map((warning) => `Warning: ${warning}`),
    ].join('\n');
    return { text, data: answer.card, answer };
  },
});
