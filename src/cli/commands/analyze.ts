import { analyzeBook } from '../../compose/analyze-book.ts';
import { dataStandingOf } from '../../engine/data-quality.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption, integerOption } from '../reading.ts';
import { booksMeant, clockOf } from '../which-books.ts';

export const analyze: Command = {
  name: 'analyze',
  options: [
    { flags: '--now <date>', description: 'fixes the clock' },
    { flags: '--seed <n>', description: 'for the random choices of the fit' },
    {
      flags: '--activate',
      description: 'puts what is learnt in force at once, as your own decision, instead of proposing it',
    },
    bookFlag,
  ],
  async run(lodestar, { out, options, operator }) {
    const now = instantOption(options.now, '--now');
    const seed = integerOption(options.seed, '--seed', 1);
    const results = [];
    for (const book of await booksMeant(lodestar.store, bookOption(options).book)) {
      const asOf = now ?? clockOf(book, lodestar.now);
      const result = await analyzeBook(lodestar, {
        ...{ book, seed, asOf, by: `via command line by ${operator}` },
        activate: options.activate === true,
        onProgress: (what) => out.progress(`${book.name}: ${what}`),
      });
      const { version, candidateVersion, importId } = result;
      const data = await dataStandingOf(lodestar.store, { book, importId, asOf }, candidateVersion ?? version);
      results.push({ ...result, data });
    }
    out.answer(
      results.map(({ proposal, ...result }) => ({ ...result, proposal: proposal?.id ?? null })),
      results
        .flatMap(({ book, verdict, version, proposal, candidateVersion, accounts, suspects, warnings, data }) => [
          `${book}: ${verdict.sentence}`,
          `  model version ${version} is in force; ${accounts.toLocaleString('en')} accounts scored`,
          ...(proposal === null
            ? [candidateVersion === null ? '' : '  nothing significant would change, so nothing is proposed']
            : [
                `  proposal ${proposal.id} waits for a decision on ${proposal.changes.length} changes; lodestar proposals show ${proposal.id}`,
                ...(candidateVersion === null
                  ? []
                  : [`  lodestar models ${candidateVersion} has all about what was learnt`]),
              ]
          ).filter((line) => line !== ''),
          ...suspects.map(
            ({ field, reason }) =>
              `  set aside as suspect: ${field}, since it ${reason}; lodestar settings fields.allowed.${book} '["${field}"]' would allow it`,
          ),
          ...warnings.map((warning) => `  note: ${warning}`),
          ...[data.quality.ratio, data.quality.history].map(
            ({ state, sentence }) => `  ${state === 'outside' ? 'data out of bounds' : 'data'}: ${sentence}`,
          ),
          ...data.layers.map(({ layer, sentence }) => `  ${layer}: ${sentence}`),
        ])
        .join('\n'),
    );
  },
};
