import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { GeneratedMarket } from '../market/generate.ts';

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
    const counted = (function* () {
      for (const row of rows) {
        count += 1;
        if (count % 5_000 === 0) onProgress(file, count);
        yield row;
      }
    })();
    await pipeline(
      Readable.from(counted),
      stringify({ header: true, columns: [...header] }),
      createWriteStream(join(folder, file)),
    );
    written.push({ file, rows: count });
  }
  return written;
}
