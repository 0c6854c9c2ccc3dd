import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GeneratedMarket } from '../../market/generate.ts';

/** Rows that become one piece of text: the writing takes no longer than the making up, where row by row it took twice that. */
const pieceRows = 1_000;

/** Writes a market as a bundle, a file at a time. */
export async function writeMarket(
  { files }: GeneratedMarket,
  folder: string,
  onProgress: (file: string, rows: number) => void,
): Promise<{ file: string; rows: number }[]> {
  await mkdir(folder, { recursive: true });
  const written = [];
  for (const { file, header, rows } of files) {
    let count = 0;
    const pieces = (function* () {
      let piece = lineOf(header);
      for (const row of rows) {
        piece += lineOf(row);
        count += 1;
        if (count % pieceRows !== 0) continue;
        onProgress(file, count);
        yield piece;
        piece = '';
      }
      yield piece;
    })();
    await pipeline(Readable.from(pieces), createWriteStream(join(folder, file)));
    written.push({ file, rows: count });
  }
  return written;
}

const special = /[",\r\n]/;

function lineOf(cells: readonly string[]): string {
  let line = '';
  for (const [at, cell] of cells.entries()) {
    if (at > 0) line += ',';
    line += special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return `${line}\n`;
}
