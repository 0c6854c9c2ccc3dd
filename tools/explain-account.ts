import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { accountField, bookField, dayField, instantOf } from './fields.ts';

const schema = z.object({ account: accountField, at: dayField, book: bookField });

/** Why an account has the score and tier it has. */
export const explainAccount = defineTool({
  name: 'explain_account',
  title: 'Explain an account',
  description:
    'Returns the score and tier of one account with everything that adds up to it: base, points of each criterion, detractor, ' +
    'evidence grade. Use it for why, how good, what tier, what holds it back, is it worth calling.',
  access: 'read',
  roles,
  status: 'is adding up the score',
  schema,
  async run({ questions, quote }, { account, at, book }) {
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
