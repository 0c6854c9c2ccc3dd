import { createReadStream } from 'node:fs';
import { endOfOversized } from './end-of-oversized.ts';
import { scanRecord } from './scan-record.ts';
import type { Sniffed } from './sniff-file.ts';

/** One record of a CSV file, its bytes still one character each (`latin1`), or why it could not be read. */
export interface RawRecord {
  /** Where the record begins; the first line of the file is 1. */
  line: number;
  cells: string[] | null;
  problem: string | null;
  /** The start of the record, at most 400 bytes. */
  start: string;
}

/** A row of more bytes than this is set aside without being held in memory. */
export const rowLimit = 4_194_304;

/**
 * The records of a CSV file, piece by piece, whatever they hold.
 *
 * A cell of any size, a quote that never closes and bytes that are no text cost one row each, and the next row is read
 * as if nothing had happened: csv-parse stops a file at the first row that is over its size limit, and swallows the rest
 * of the file behind an open quote, which is why this is ours. Memory stays below a few row limits.
 */
export async function* readRecords(
  path: string,
  sniffed: Sniffed,
  limits: { pieceBytes: number; rowBytes: number } = { pieceBytes: 262_144, rowBytes: rowLimit },
): AsyncGenerator<RawRecord[]> {
  const { delimiter, newline } = sniffed;
  let line = 1;
  let offset = sniffed.skip;
  // Each turn reads from `offset` on; a further turn is needed only behind a quote that never closed.
  for (let restart = true; restart; ) {
    restart = false;
    let text = '';
    const stream = createReadStream(path, { start: offset, encoding: 'latin1', highWaterMark: limits.pieceBytes });
    const pieces: AsyncIterator<string> = stream[Symbol.asyncIterator]();
    for (let atEnd = false; !atEnd; ) {
      const piece = await pieces.next();
      atEnd = piece.done === true;
      if (!atEnd) text += piece.value;
      const found: RawRecord[] = [];
      let at = 0;
      const advance = (to: number) => {
        line += countOf(text, newline, at, to);
        offset += to - at;
        at = to;
      };
      while (at < text.length) {
        const plain = plainRecord(text, at, delimiter, newline);
        const scan = plain ?? scanRecord(text, at, { delimiter, newline, atEnd });
        const start = text.slice(at, at + 400);
        if (scan.kind === 'incomplete') break;
        if (scan.kind === 'broken') {
          const lineEnd = text.indexOf(newline, at);
          if (lineEnd === -1 && !atEnd) break;
          found.push({ line, cells: null, problem: openQuote(scan.cell), start: cutAt(start, newline) });
          advance(lineEnd === -1 ? text.length : lineEnd + 1);
          continue;
        }
        found.push({ line, cells: scan.cells, problem: null, start: text.slice(at, Math.min(scan.end, at + 400)) });
        advance(scan.next);
      }
      if (found.length > 0) yield found;
      text = text.slice(at);
      if (text.length > limits.rowBytes) {
        const start = text.slice(0, 400);
        const rest = await endOfOversized(text, pieces, { delimiter, newline });
        const problem = rest.broken ? openQuote(rest.cell) : tooLarge(rest.bytes, limits.rowBytes);
        yield [{ line, cells: null, problem, start: cutAt(start, newline) }];
        line += rest.newlines;
        offset += rest.bytes;
        text = rest.text;
        atEnd = rest.atEnd && text === '';
        if (rest.broken) {
          restart = true;
          break;
        }
      }
    }
    stream.destroy();
  }
}

/** A record on one line without quotes: by far the most, and split at once. */
function plainRecord(text: string, at: number, delimiter: string, newline: string) {
  const end = text.indexOf(newline, at);
  if (end === -1) return null;
  const windows = newline === '\n' && end > at && text[end - 1] === '\r';
  const line = text.slice(at, windows ? end - 1 : end);
  return line.includes('"') ? null : { kind: 'record' as const, cells: line.split(delimiter), end, next: end + 1 };
}

function countOf(text: string, newline: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf(newline, from); at !== -1 && at < to; at = text.indexOf(newline, at + 1)) count += 1;
  return count;
}

const cutAt = (text: string, newline: string) => text.split(newline, 1)[0] ?? '';

const openQuote = (cell: number) =>
  `a quote opens in cell ${cell + 1} and does not close before the next cell; write a quote inside quotes twice`;

const tooLarge = (bytes: number, limit: number) =>
  `the row has ${bytes} bytes, and the limit is ${limit}; shorten its longest cell`;
