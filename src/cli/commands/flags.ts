import { answerFlag, raiseFlag, withNames } from '../../engine/judgements/flags.ts';
import type { FlagTold } from '../../engine/notifier.ts';
import { UsageError } from '../../errors.ts';
import { isOverdue } from '../../icp/judgements/flag.ts';
import { resolveAccount } from '../../questions/resolve-account.ts';
import { listFlags } from '../../store/flags.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, integerOption } from '../reading.ts';

export const flag: Command = {
  name: 'flag',
  args: [{ syntax: '<account>', description: 'an id, a domain or a name' }],
  options: [{ flags: '--reason <text>', description: 'what is wrong with its score' }, asFlag, bookFlag],
  async run(lodestar, asked) {
    const { out, args, options } = asked;
    const account = await resolveAccount(lodestar.store, args[0] ?? '', bookOption(options).book);
    const raised = await raiseFlag(lodestar, {
      ...{ book: account.book, accountId: account.id, actor: await actingFor(lodestar.store, asked) },
      reason: typeof options.reason === 'string' && options.reason.trim() !== '' ? options.reason.trim() : null,
    });
    const who = raised.reviewer === null ? 'nobody is named to answer it' : `${raised.reviewer.name} is to answer it`;
    out.answer(
      { flag: printed(raised), account, reviewer: raised.reviewer?.email ?? null },
      `Flag ${raised.flag.id}: the score of ${account.name} is doubted, and ${who}. It stays as it is until then.`,
    );
  },
};

export const flags: Command = {
  name: 'flags',
  options: [
    { flags: '--all', description: 'those that were answered, too' },
    { flags: '--answer <n>', description: 'answers the flag of this number' },
    { flags: '--text <text>', description: 'what you found' },
    asFlag,
  ],
  async run(lodestar, asked) {
    const { out, options } = asked;
    const { store, now } = lodestar;
    if (options.answer !== undefined) {
      const flagId = integerOption(options.answer, '--answer', 0);
      if (typeof options.text !== 'string') throw new UsageError('answering a flag needs --text: what you found');
      const actor = await actingFor(store, asked);
      const { told, changed } = await answerFlag(lodestar, { flagId, answer: options.text, actor });
      const by = told.answeredBy?.name ?? told.flag.answeredBy ?? 'somebody';
      const said = changed
        ? `Flag ${flagId} is answered.`
        : `Flag ${flagId} had been answered by ${by}: ${told.flag.answer}`;
      return out.answer({ flag: printed(told), changed }, said);
    }
    const found = await listFlags(store, { open: options.all !== true });
    const told = await Promise.all(found.map((one) => withNames(store, one)));
    out.answer(
      told.map((one) => ({
        ...printed(one),
        account: one.accountName,
        overdue: isOverdue(one.flag, now()),
      })),
      told.length === 0 ? 'no doubt waits for an answer' : told.map((one) => lineOf(one, now())).join('\n'),
    );
  },
};

function lineOf({ flag: one, accountName, raisedBy, answeredBy }: FlagTold, now: number): string {
  const day = new Date(one.flaggedAt).toISOString().slice(0, 10);
  const said = `${one.id}  ${day}  ${accountName}, by ${raisedBy?.name ?? one.flaggedBy}: ${one.reason ?? 'no reason given'}`;
  if (one.answeredAt !== null) return `${said}\n     ${answeredBy?.name ?? one.answeredBy}: ${one.answer}`;
  return isOverdue(one, now) ? `${said}  (open for more than a week)` : said;
}

/** With what stands behind the score; instants as text, as every JSON of ours has them. */
function printed({ flag: { flaggedAt, answeredAt, ...rest }, support }: Pick<FlagTold, 'flag' | 'support'>) {
  const iso = (at: number) => new Date(at).toISOString();
  return { ...rest, ...support, flaggedAt: iso(flaggedAt), answeredAt: answeredAt === null ? null : iso(answeredAt) };
}
