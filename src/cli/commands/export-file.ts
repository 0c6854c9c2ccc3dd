import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { stringify as stringifyAtOnce } from 'csv-stringify/sync';
import { assignmentRulesFile } from '../../connectors/salesforce/assignment-rules.ts';
import { routingOf } from '../../engine/routing.ts';
import { IcpError, UsageError } from '../../errors.ts';
import { exportColumns, exportRow } from '../../icp/features/export-columns.ts';
import { createFeatureReader } from '../../icp/features/read-features.ts';
import type { RoutingChange } from '../../icp/routing/compare-routing.ts';
import type { RoutingRule } from '../../icp/routing/routing-rules.ts';
import { bookOf, currentPin, type Pin } from '../../questions/pin.ts';
import { ranksOnlyAt, ranksOnlyLine } from '../../questions/ranks-only.ts';
import { listBooks } from '../../store/books.ts';
import { readHistories } from '../../store/histories.ts';
import { scoreRunOf, scoresWithNames } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';

type Row = Record<string, string | number | null>;

export const exportFile: Command = {
  name: 'export',
  args: [{ syntax: '<what>', description: 'scores, features or routing' }],
  options: [{ flags: '--out <file>', description: 'where to write it' }, bookFlag],
  async run({ store, now }, { out, args: [what = ''], options, cwd }) {
    if (what !== 'scores' && what !== 'features' && what !== 'routing')
      throw new UsageError(`export needs scores, features or routing, got ${what}`);
    if (typeof options.out !== 'string') throw new UsageError('export needs --out FILE');
    const file = resolve(cwd, options.out);
    const { book } = bookOption(options);
    if (what === 'routing') {
      const { version, rules, changes } = await routingOf(store, { book: (await bookOf(store, book)).name, at: now() });
      await writeFile(file, routingText(file, changes, rules)).catch((error: unknown) => {
        throw notWritten(file, error);
      });
      return out.answer(
        { file, rows: rules.length, version },
        `${rules.length} rules of version ${version} written to ${file}`,
      );
    }
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
      throw notWritten(file, error);
    }
    const { notes = [] } = rows;
    out.answer(
      { file, rows: written, ...(notes.length === 0 ? {} : { notes }) },
      [`${written.toLocaleString('en')} accounts written to ${file}`, ...notes].join('\n'),
    );
  },
};

function notWritten(file: string, cause: unknown): IcpError {
  return new IcpError('export', `${file} could not be written; check that its folder exists and may be written to`, {
    cause,
  });
}

/** As metadata of Salesforce where the file is to be XML, else as CSV, each rule beside what it was. */
function routingText(file: string, changes: readonly RoutingChange[], rules: readonly RoutingRule[]): string {
  if (file.endsWith('.xml')) return assignmentRulesFile(rules);
  const rows = changes.map(({ label, change, before, now }) => ({
    ...{ rule: label, change, before: before?.when ?? '', now: now?.when ?? '' },
    ...{ queue_before: before?.queue ?? '', queue: now?.queue ?? '' },
  }));
  return stringifyAtOnce(rows, { header: true });
}

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

interface Rows {
  columns: readonly string[];
  rows: AsyncIterable<Row>;
  /** What is to be said of them, complete once they are read. */
  notes?: readonly string[];
}

/** The latest scores of one book, or of all of them, each in account order; chances only where they may be relied on. */
function scoreRows(store: Store, only: string | undefined): Rows {
  const notes: string[] = [];
  async function* rows(): AsyncGenerator<Row> {
    const books = only === undefined ? await listBooks(store) : [await bookOf(store, only)];
    for (const book of books) {
      const run = await scoreRunOf(store, book.name);
      if (run === null) continue;
      const ranksOnly = await ranksOnlyAt(store, run);
      if (ranksOnly !== null) notes.push(`no chances of the book ${book.name}: ${ranksOnlyLine(ranksOnly)}`);
      const chance = (p: number | null) => (ranksOnly === null ? p : null);
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
            p_accepted: chance(score.pAccepted),
            p_qualified: chance(score.pQualified),
            p_won: chance(score.pWon),
          },
          ...{
            p_expanded: chance(score.pExpanded),
            p_churned: score.pChurned,
            segment: score.segment,
            evidence: score.evidence,
          },
          ...{ model_version: run.modelVersion, scored_at: new Date(run.asOf).toISOString() },
        };
      }
    }
  }
  return { columns: scoreColumns, rows: rows(), notes };
}

/** The inputs of the latest scores, as numbers: what the bins of `criteria --json` name. */
function featureRows({ book, importId, asOf, model }: Pin, store: Store): Rows {
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
