import { liftOverride, setOverride } from '../../engine/judgements/set-override.ts';
import { UsageError } from '../../errors.ts';
import type { Override } from '../../icp/judgements/override.ts';
import { formatDate } from '../../questions/format-figure.ts';
import { resolveAccount } from '../../questions/resolve-account.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption } from '../reading.ts';

export const override: Command = {
  name: 'override',
  args: [{ syntax: '<account>', description: 'an id, a domain or a name' }],
  options: [
    { flags: '--tier <n>', description: '1, 2 or 3' },
    { flags: '--reason <text>', description: 'what you know that the model does not' },
    { flags: '--until <date>', description: 'the day on which it lapses' },
    { flags: '--lift', description: 'ends the one that is there' },
    asFlag,
    bookFlag,
  ],
  async run(lodestar, asked) {
    const { out, args, options } = asked;
    const account = await resolveAccount(lodestar.store, args[0] ?? '', bookOption(options).book);
    const of = { book: account.book, accountId: account.id, actor: await actingFor(lodestar.store, asked) };
    if (options.lift === true) {
      const { override: lifted, changed } = await liftOverride(lodestar, of);
      return out.answer(
        { account, override: printed(lifted), changed },
        `${account.name} has the tier of the model again.`,
      );
    }
    const until = instantOption(options.until, '--until');
    if (until === null) throw new UsageError('override needs --until DATE: it lapses by itself on that day');
    const set = await setOverride(lodestar, {
      ...of,
      tier: tierOf(options.tier),
      reason: String(options.reason ?? ''),
      until,
    });
    const { tier, modelTier } = set.override;
    const model = modelTier === null ? 'the model has no score for it' : `the model says tier ${modelTier}`;
    out.answer(
      { account, override: printed(set.override), replaced: set.replaced === null ? null : printed(set.replaced) },
      `${account.name} is tier ${tier} until ${formatDate(new Date(until).toISOString())}, by decision of ${set.override.byName}; ${model}.`,
    );
  },
};

function tierOf(value: unknown): 1 | 2 | 3 {
  if (value === '1') return 1;
  if (value === '2') return 2;
  if (value === '3') return 3;
  throw new UsageError(`override needs --tier 1, 2 or 3, got ${value === undefined ? 'nothing' : String(value)}`);
}

/** Instants as text, as every JSON of ours has them. */
function printed({ setAt, until, endedAt, ...rest }: Override) {
  const iso = (at: number) => new Date(at).toISOString();
  return { ...rest, setAt: iso(setAt), until: iso(until), endedAt: endedAt === null ? null : iso(endedAt) };
}
