import { UsageError } from '../../errors.ts';
import type { Person } from '../../icp/types.ts';
import type { Answer } from '../../questions/types.ts';
import { cardMessages } from '../../slack/views/card-messages.ts';
import { personByName } from '../../store/people.ts';
import type { Command } from '../command.ts';
import { plainText } from '../reading.ts';

export const ask: Command = {
  name: 'ask',
  args: [{ syntax: '<question>', description: 'in plain words' }],
  options: [
    { flags: '--as <user>', description: 'whose question it is: an e-mail, a Slack id or a name' },
    { flags: '--thread <id>', description: 'goes on where a thread stopped' },
  ],
  async run({ conversation, store }, { out, args: [question = ''], options, operator }) {
    const typed = typeof options.as === 'string' ? options.as : null;
    const asker: Person | null =
      typed === null
        ? { email: `${operator}@localhost`, slackId: null, name: operator, role: 'admin' }
        : await personByName(store, typed);
    if (asker === null)
      throw new UsageError(`--as needs a person of the people table, got ${typed}; lodestar doctor lists them`);
    const answers: Answer[] = [];
    const turn = await conversation.turn({
      question,
      asker,
      threadKey: typeof options.thread === 'string' ? `cli:${options.thread}` : `cli:${crypto.randomUUID()}`,
      onStatus: (status) => out.progress(status),
      onCard: async (answer) => void answers.push(answer),
    });
    const { text, figures, tools, mode, refused, choices } = turn;
    const cards = answers.flatMap((answer) => cardMessages(answer).flatMap(({ blocks }) => blocks));
    const nearest = choices.map(({ label }) => `  - ${label}`);
    out.answer(
      { text, cards, figures, tools, mode, refused, choices },
      [plainText(text), ...nearest, ...receiptsOf(answers)].join('\n'),
    );
  },
};

function receiptsOf(answers: readonly Answer[]): string[] {
  return answers.length === 0 ? [] : ['', `Receipt ${answers.map(({ receipt }) => receipt).join(', ')}`];
}
