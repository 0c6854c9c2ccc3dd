import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

/** Where an empty database of the installed PGlite is kept, if it is: its version is in the name. */
export function packedDatabase(): string {
  const about = readFileSync(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')), 'utf8');
  const { version } = JSON.parse(about) as { version: string };
  return join(import.meta.dirname, 'empty-database', `pglite-${version}.tar.zst`);
}

/**
 * Makes an empty database in a folder, all at once: a process that dies on the way leaves none.
 *
 * PGlite works for six seconds to make one, the first time that somebody tries Lodestar. So a compressed copy is unpacked
 * where there is one for the installed version (`node test/support/pack-empty-database.ts` makes it).
 */
export async function makeDatabase(folder: string): Promise<void> {
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const copy = packedDatabase();
  if (existsSync(copy)) unpackTar(zstdDecompressSync(readFileSync(copy)), half);
  else {
    const { PGlite } = await import('@electric-sql/pglite');
    await (await PGlite.create(half)).close();
  }
  renameSync(half, folder);
}

const block = 512;

/** @see https://www.gnu.org/software/tar/manual/html_node/Standard.html for where name, size and type stand */
function unpackTar(tar: Buffer, folder: string): void {
  const text = (from: number, length: number) => tar.toString('latin1', from, from + length).replace(/\0.*$/s, '');
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const path = join(folder, text(at, 100));
    const size = Number.parseInt(text(at + 124, 12), 8);
    const from = at + block;
    if (text(at + 156, 1) === '5') mkdirSync(path, { recursive: true, mode: 0o700 });
    else writeFileSync(path, tar.subarray(from, from + size), { mode: 0o600 });
    at = from + Math.ceil(size / block) * block;
  }
}
