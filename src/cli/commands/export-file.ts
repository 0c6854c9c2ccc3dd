import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { IcpError, UsageError } from '../../errors.ts';
import { exportColumns, exportRow } from '../../icp/features/export-columns.ts';
import { createFeatureReader } from '../../icp/features/read-features.ts';
import { bookOf, currentPin, type Pin } from '../../questions/pin.ts';
import { listBooks } from '../../store/books.ts';
import { readHistories } from '../../store/histories.ts';
import { scoreRunOf, scoresWithNames } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';

type Row = Record<string, string | number | null>;

export const exportFile: Command = {
  name: 'export',
  args: [{ syntax: '<what>', description: 'scores or features' }],
  options: [{ flags: '--out <file>', description: 'where to write it' }, bookFlag],
  async run({ store }, { out, args: [what = ''], options, cwd }) {
    if (what !== 'scores' && what !== 'features') throw new UsageError(`export needs scores or features, got ${what}`);
    if (typeof options.out !== 'string') throw new UsageError('export needs --out FILE');
    const file = resolve(cwd, options.out);
    const { book } = bookOption(options);
    let written = 0;
    const rows =
      what === 'scores'
        ? scoreRows(store, book)
        : featureRows(await currentPin(store, await bookOf(store, book)), store);
    const counted = Readable.from(
      (async function* () {
        for await (const row of rows.rows) {
          written += 1;
          if (written % 1_000 === 0) out.progress(`writing ${what}`, written);
          yield row;
        }
      })(),
    );
    try {
      await pipeline(
        counted,
        stringify({ header: true, columns: [...rows.columns], cast: { boolean: String } }),
        createWriteStream(file),
      );
    } catch (error) {
      if (error instanceof IcpError) throw error;
      throw new IcpError('export', `${file} could not be written; check that its folder exists and may be written to`, {
        cause: error,
      });
    }
    out.answer({ file, rows: written }, `${written.toLocaleString('en')} accounts written to ${file}`);
  },
};

const scoreColumns = [
  ...['account_id', 'name', 'domain', 'score', 'tier', 'positive', 'detractor_match'],
  ...[
    'p_accepted',
    'p_qualified',
    'p_won',
    'p_expanded',
    'p_churned',
    'segment',
    'evidence',
    'model_version',
    'scored_at',
  ],
] as const;

/** The latest scores of one book, or of all of them, each in account order. */
function scoreRows(store: Store, only: string | undefined): { columns: readonly string[]; rows: AsyncIterable<Row> } {
  async function* rows(): AsyncGenerator<Row> {
    const books = only === undefined ? await listBooks(store) : [await bookOf(store, only)];
    for (const book of books) {
      const run = await scoreRunOf(store, book.name);
      if (run === null) continue;
      for (const { score, name, domain } of await scoresWithNames(store, run, { order: 'account' })) {
        yield {
          ...{
            account_id: score.accountId,
            name,
            domain,
            score: score.score,
            tier: score.tier,
            positive: score.positive,
          },
          ...{
            detractor_match: score.detractorMatch,
            p_accepted: score.pAccepted,
            p_qualified: score.pQualified,
            p_won: score.pWon,
          },
          ...{
            p_expanded: score.pExpanded,
            p_churned: score.pChurned,
            segment: score.segment,
            evidence: score.evidence,
          },
          ...{ model_version: run.modelVersion, scored_at: new Date(run.asOf).toISOString() },
        };
      }
    }
  }
  return { columns: scoreColumns, rows: rows() };
}

/** The inputs of the latest scores, as numbers: what the bins of `criteria --json` name. */
function featureRows(
  { book, importId, asOf, model }: Pin,
  store: Store,
): { columns: readonly string[]; rows: AsyncIterable<Row> } {
  const columns = exportColumns(model.catalogue).map(({ name }) => name);
  const reader = createFeatureReader(model.catalogue);
  async function* rows(): AsyncGenerator<Row> {
    for await (const histories of readHistories(store, book.name, { importId })) {
      for (const history of histories) {
        const cells = exportRow({ values: reader.values(history, asOf) }, model.catalogue);
        yield Object.fromEntries([
          ['account_id', history.id],
          ...columns.map((column, nth): [string, number | null] => [column, cells[nth] ?? null]),
        ]);
      }
    }
  }
  return { columns: ['account_id', ...columns], rows: rows() };
}
