import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A hash of files' names and bytes, and of what else decides how they are read. Same input, same hash. */
export async function contentHash(paths: readonly { name: string; path: string }[], rest: unknown): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(rest));
  for (const { name, path } of paths) {
    hash.update(`\n${name}\n`);
    for await (const piece of createReadStream(path)) hash.update(piece);
  }
  return hash.digest('hex');
}
