import type { Person, Role } from '../../icp/types.ts';
import { suggestedPrompts } from '../../slack/views/home.ts';
import type { WorkspaceOptions } from '../../workbench/slack/workspace.ts';

const titles: Readonly<Record<Role, string>> = {
  rep: 'Sales rep',
  leader: 'Sales leader',
  revops: 'RevOps',
  cs: 'Customer success',
  admin: 'Administrator',
};

const order: readonly Role[] = ['leader', 'revops', 'rep', 'cs', 'admin'];

/** People for a data folder that brought none: one a role, so that every part of the product can be tried. */
export const standIns: readonly Person[] = [
  { email: 'sam@ours.example', slackId: 'U01SAM', name: 'Sam Leader', role: 'leader' },
  { email: 'dana@ours.example', slackId: 'U02DANA', name: 'Dana Revops', role: 'revops' },
  { email: 'rita@ours.example', slackId: 'U03RITA', name: 'Rita Rep', role: 'rep' },
  { email: 'cass@ours.example', slackId: 'U04CASS', name: 'Cass Success', role: 'cs' },
];

/** Where the box tells customer success, until a person says otherwise. */
export const churnChannel = 'C0SUCCESS';
/** Where the box shows new leads. */
export const leadsChannel = 'C0LEADS';

/** Where the box tells those who govern. */
export const boxGovernanceChannel = 'C0GOVERN';

/** The local Slack's workspace: the people that Lodestar knows, a few channels, and our app. */
export function localWorkspace(people: readonly Person[]): WorkspaceOptions {
  const users = [...people]
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || (a.email < b.email ? -1 : 1))
    .map(({ email, slackId, name, role }, nth) => ({
      id: slackId ?? `U0P${String(nth + 1).padStart(6, '0')}`,
      name: (email.split('@')[0] ?? name).toLowerCase(),
      realName: name,
      email,
      title: titles[role],
    }));
  const everyone = [...users.map(({ id }) => id), 'U0LODESTAR'];
  return {
    team: { id: 'T0BOX', name: 'Company in a box', domain: 'company-in-a-box' },
    users,
    channels: [
      { id: 'C0ICP', name: 'icp', purpose: 'Ask Lodestar why, and see what it says', members: everyone },
      { id: churnChannel, name: 'customer-success', purpose: 'Who may leave, who may grow', members: everyone },
      { id: leadsChannel, name: 'leads', purpose: 'New leads: take them on or turn them down', members: everyone },
      {
        id: boxGovernanceChannel,
        name: 'governance',
        purpose: 'What the model may say, and who said so',
        members: everyone,
      },
      { id: 'C0SALES', name: 'sales', purpose: 'Deals of the week', members: everyone },
      { id: 'C0GENERAL', name: 'general', purpose: 'Company-wide announcements', members: everyone },
    ],
    app: {
      id: 'A0LODESTAR',
      botUserId: 'U0LODESTAR',
      botName: 'Lodestar',
      commands: [
        {
          name: '/icp',
          description: 'Ask about your ideal customers',
          usageHint: 'why ACCOUNT | compare A, B | list tier 1 | help',
        },
      ],
      home: true,
      suggestedPrompts: [...suggestedPrompts],
      description: 'Why an account has its score, with a receipt for every number',
    },
  };
}
