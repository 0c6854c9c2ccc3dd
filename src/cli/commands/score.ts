import { rescoreBook } from '../../compose/analyze-book.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption } from '../reading.ts';
import { booksMeant, clockOf } from '../which-books.ts';

export const score: Command = {
  name: 'score',
  options: [{ flags: '--now <date>', description: 'fixes the clock' }, bookFlag],
  async run(lodestar, { out, options }) {
    const now = instantOption(options.now, '--now');
    const runs = [];
    for (const book of await booksMeant(lodestar.store, bookOption(options).book)) {
      runs.push(
        await rescoreBook(lodestar, {
          ...{ book, asOf: now ?? clockOf(book, lodestar.now) },
          onProgress: (what) => out.progress(`${book.name}: ${what}`),
        }),
      );
    }
    out.answer(
      runs,
      runs
        .map(
          ({ book, accounts, modelVersion }) =>
            `${book}: ${accounts.toLocaleString('en')} accounts scored with model version ${modelVersion}`,
        )
        .join('\n'),
    );
  },
};
