import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { roles } from '../src/icp/types.ts';
import { bookField } from './fields.ts';

const schema = z.object({
  tier: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .optional()
    .describe('Only accounts of this tier: 1 primary, 2 nurture, 3 excluded.'),
  owner: z
    .string()
    .optional()
    .describe(
      'Only accounts of this owner: an email address or a first name. For "my accounts" the address of the person who asks.',
    ),
  label: z
    .enum(['fit, early', 'off-profile, active'])
    .optional()
    .describe(
      '"fit, early": right kind of company that is not moving yet. "off-profile, active": moving, but not the kind.',
    ),
  where: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Field and value that accounts must have, such as {"technology": "hubspot"} or {"industry": "logistics"}. {"competitor": "any"}: uses a tool ' +
        'that competes with us. {"tech_added": "90"} or {"tech_removed": "HubSpot 90"}: within so many days.',
    ),
  order: z.enum(['best', 'worst']).optional().describe('"best" puts the highest score first, "worst" the lowest.'),
  limit: z
    .number()
    .int()
    .min(1)
    .max(50)
    .optional()
    .describe('Most accounts to return; leave out for the usual number.'),
  book: bookField,
});

/** Accounts by tier, owner, label or trait. */
export const findAccounts = defineTool({
  name: 'find_accounts',
  title: 'Find accounts',
  description:
    'Returns a list of accounts in order of score, filtered by tier, owner, label, technology or any field. Use it for who are the ' +
    'best, whom to call first, what somebody owns, who uses a technology or a competitor.',
  access: 'read',
  roles,
  status: 'is looking through the accounts',
  schema,
  async run({ questions, quote }, filter) {
    const answer = await questions.list(filter);
    const rows = answer.card.rows
      .slice(0, 20)
      .map(({ name, tier, ownerEmail, evidence, label, because }) =>
        [
          `- ${quote(name, 80)}`,
          `tier ${tier}`,
          `owner ${ownerEmail ? quote(ownerEmail, 80) : 'nobody'}`,
          `evidence ${evidence}`,
          label ?? '',
          because === undefined ? '' : quote(because, 200),
        ]
          .filter(Boolean)
          .join(', '),
      );
    return { text: [answer.text, ...rows].join('\n'), data: answer.card, answer };
  },
});
