import { liftCaution, setCaution } from '../../engine/judgements/cautions.ts';
import type { Caution } from '../../icp/judgements/caution.ts';
import { cautionConditions } from '../../questions/caution-conditions.ts';
import { bookOf } from '../../questions/pin.ts';
import { readWhere } from '../../questions/read-where.ts';
import { cautionsAt } from '../../store/cautions.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption, integerOption } from '../reading.ts';

export const caution: Command = {
  name: 'caution',
  options: [
    {
      flags: '--where <field=value>',
      description: 'the kind of accounts, such as industry=SaaS; several with ; between',
    },
    { flags: '--text <text>', description: 'what whoever reads a score of that kind must know' },
    { flags: '--until <date>', description: 'the day on which it lapses; until it is lifted when not given' },
    { flags: '--lift <n>', description: 'ends the caution of this number' },
    asFlag,
    bookFlag,
  ],
  async run(lodestar, asked) {
    const { out, options } = asked;
    const { store } = lodestar;
    const actor = await actingFor(store, asked);
    if (options.lift !== undefined) {
      const cautionId = integerOption(options.lift, '--lift', 0);
      const { caution: ended, changed } = await liftCaution(lodestar, { cautionId, actor });
      const said = changed ? 'is lifted' : 'had ended before';
      return out.answer({ caution: printed(ended), changed }, `Caution ${cautionId} ${said}.`);
    }
    const book = await bookOf(store, bookOption(options).book);
    const conditions = await cautionConditions(store, book, readWhere(String(options.where ?? '')));
    const set = await setCaution(lodestar, {
      ...{ book: book.name, conditions, text: String(options.text ?? ''), actor },
      until: instantOption(options.until, '--until'),
    });
    out.answer({ caution: printed(set) }, `Caution ${set.id}: ${lineOf(set)}`);
  },
};

export const cautions: Command = {
  name: 'cautions',
  options: [bookFlag],
  async run({ store, now }, { out, options }) {
    const book = await bookOf(store, bookOption(options).book);
    const found = await cautionsAt(store, book.name, now());
    out.answer(
      found.map(printed),
      found.length === 0 ? 'no caution holds' : found.map((one) => `${one.id}  ${lineOf(one)}`).join('\n'),
    );
  },
};

function lineOf({ conditions, text, byName, until }: Caution): string {
  const ends = until === null ? '' : `, until ${new Date(until).toISOString().slice(0, 10)}`;
  return `${conditions.map(({ label }) => label).join(' and ')}: ${text} (${byName}${ends})`;
}

function printed({ setAt, until, endedAt, ...rest }: Caution) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return { ...rest, setAt: iso(setAt), until: iso(until), endedAt: iso(endedAt) };
}
