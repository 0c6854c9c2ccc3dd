import type { KnownBlock } from '@slack/types';
import { actionIds, commandName, numbered } from '../action-ids.ts';
import { actions, button, context, type Message, section } from './blocks.ts';
import { prose } from './text.ts';

/** What can be asked, with an example each; the same list stands in help, in Home and beside a command that went wrong. */
const commands: readonly [string, string][] = [
  ['why Halden Logistics', 'the score, the reasons and what they rest on'],
  ['score halden.example', 'the short form'],
  ['compare Acme, Globex', 'two accounts, criterion by criterion'],
  ['list tier 1 owner Dana', 'accounts by tier, owner, label or field'],
  ['leads', 'your open leads, the best first, to accept or reject'],
  ['criteria', 'what the model has learnt, and how far to trust it'],
  ['segments', 'what kinds of customers there are, and which are new'],
  ['losses', 'what lost deals have in common; `anti-patterns` for profiles to avoid'],
  ['causes funding', 'whether a criterion drives success or only goes along with it'],
  ['churn', 'customers that look like those who left, with days of runway'],
  ['expansions', 'customers that are likely to buy more; `expanded` for those that did'],
  [
    'changes',
    'what is proposed to change in the ICP, and who decides; `simulate 3` for what that would do, `routing` for where leads go',
  ],
  ['drift', 'what has moved in the market, and since when'],
  ['report', 'win rate, contract value, cycle and the rest, by tier'],
  ['scorings', 'the old scoring beside the new, account by account; `backtest` for whether it gets better'],
  ['health', 'whether outreach works: replies, meetings, parts that stand out; `calibration` for our predictions'],
  ['data', 'what data stands behind it, and what is missing'],
  ['changed Halden Logistics', 'why its score is not what it was a month ago, split exactly'],
  ['what-would-it-take Halden Logistics', 'the fewest facts to change that lift it a tier'],
  ['twins Halden Logistics', 'the customer most like it that bought more, and the one that left'],
  ['history Halden Logistics', 'what happened with an account'],
  [
    'override Halden Logistics',
    'your tier beside the model’s, for a reason and until a day; `overrides` for who said what',
  ],
  ['event Halden Logistics', 'what happened to it that makes older signals misleading; `event company` for ourselves'],
  ['caution industry=SaaS', 'words that stand on every card of a kind of accounts, until a day'],
];

/** Questions that can be asked with one press. */
const openers: readonly [string, string][] = [
  ['Tier 1 accounts', 'list tier 1'],
  ['What matters', 'criteria'],
  ['What data there is', 'data'],
];

export function helpMessage(): Message {
  return { text: 'What you can ask', blocks: [section('*What you can ask*'), ...helpBlocks()] };
}

/** A command that lacks something: what it lacks first, then the list. */
export function usageMessage(problem: string): Message {
  return { text: problem.replaceAll('`', ''), blocks: [section(prose(problem)), ...helpBlocks()] };
}

export function helpBlocks(): KnownBlock[] {
  const lines = commands.map(([example, means]) => `\`${commandName} ${example}\`  ${means}`);
  return [
    section(lines.join('\n')),
    context('A plain question works too: after the command, in a message to me, or in a thread where I have answered.'),
    actions(openers.map(([text, question], index) => button(text, numbered(actionIds.ask, index), question))),
  ];
}
