import { UsageError } from '../../errors.ts';
import { isLowEvidence } from '../../icp/evidence.ts';
import { fillIn, formatNumber, roughScore } from '../../questions/format-figure.ts';
import { readWhere } from '../../questions/read-where.ts';
import type { ListedAccount, ListFilter } from '../../questions/types.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, integerOption, plainText } from '../reading.ts';

const tiers = [1, 2, 3] as const;
const usualRows = 10;

export const list: Command = {
  name: 'list',
  options: [
    { flags: '--tier <n>', description: '1, 2 or 3' },
    { flags: '--owner <who>', description: 'an e-mail or a first name' },
    {
      flags: '--where <conditions>',
      description: '"industry=SaaS; competitor=any; tech-added=90; tech-removed=HubSpot 90", the numbers in days',
    },
    { flags: '--worst', description: 'the lowest score first' },
    { flags: '--limit <n>', description: `the most accounts; ${usualRows} unless given, 50 at most` },
    bookFlag,
  ],
  async run({ questions }, { out, options }) {
    const where = readWhere(typeof options.where === 'string' ? options.where : '');
    const limit = integerOption(options.limit, '--limit', usualRows);
    if (limit < 1) throw new UsageError(`--limit needs a number from 1 to 50, got ${limit}`);
    const filter: ListFilter = {
      ...(options.tier === undefined ? {} : { tier: tierOf(options.tier) }),
      ...(typeof options.owner === 'string' ? { owner: options.owner } : {}),
      ...(Object.keys(where).length === 0 ? {} : { where }),
      ...(options.worst === true ? { order: 'worst' } : {}),
      ...{ limit, ...bookOption(options) },
    };
    const { card, text, figures, receipt } = await questions.list(filter);
    out.answer(
      { ...card, receipt },
      [plainText(fillIn(text, figures)), '', ...card.rows.map(lineOf), '', `Receipt ${receipt}`].join('\n'),
    );
  },
};

function tierOf(typed: unknown): 1 | 2 | 3 {
  const tier = tiers.find((one) => String(one) === typed);
  if (tier === undefined) throw new UsageError(`--tier needs 1, 2 or 3, got ${String(typed)}`);
  return tier;
}

function lineOf({ name, id, score, range, tier, evidence, label, because }: ListedAccount): string {
  const points = isLowEvidence(evidence) ? roughScore(score, range ?? null) : formatNumber(score, 1);
  const notes = [label, because].filter((note) => note !== null && note !== undefined);
  return [`${points}  tier ${tier}  ${name} (${id})`, ...notes].join(', ');
}
