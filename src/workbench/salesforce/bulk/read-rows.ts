import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { quoted } from '../soql/show-rows.ts';
import type { Job } from './job-store.ts';

const delimiters: Readonly<Record<string, string>> = {
  ...{ COMMA: ',', TAB: '\t', PIPE: '|', SEMICOLON: ';', CARET: '^', BACKQUOTE: '`' },
};

/** What a client may name as its delimiter. */
export function isDelimiter(name: string): boolean {
  return name in delimiters;
}

/**
 * The rows of an upload, the header first, each as its cells.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 */
export async function* readRows(job: Job, body: Uint8Array): AsyncGenerator<string[]> {
  const parser = parse({
    ...{
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiters[job.columnDelimiter] ?? ',',
    },
    record_delimiter: job.lineEnding === 'LF' ? '\n' : '\r\n',
  });
  const source = Readable.from(piecesOf(body), { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  for await (const cells of source.pipe(parser)) {
    if (Array.isArray(cells)) yield cells.map(String);
  }
}

/** Whether the lines end as the job says: the first line tells. */
export function endsAsSaid(job: Job, body: Uint8Array): boolean {
  const at = body.indexOf(10);
  if (at < 0) return true;
  return (at > 0 && body[at - 1] === 13) === (job.lineEnding === 'CRLF');
}

/** Cells as a line of the results, in the delimiter of the job. */
export function lineOf(job: Job, cells: readonly string[]): string {
  return cells.map(quoted).join(delimiters[job.columnDelimiter] ?? ',');
}

/** What ends a line of the job's results. */
export function endOf(job: Job): string {
  return job.lineEnding === 'LF' ? '\n' : '\r\n';
}

function* piecesOf(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
}
