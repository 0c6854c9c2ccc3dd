import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { packedDatabase } from '../../src/store/make-database.ts';

/** `node test/support/pack-empty-database.ts`: after an upgrade of PGlite, packs the empty database that a first start unpacks. */
const copy = packedDatabase();
const folder = dirname(copy);
const client = await PGlite.create();
const tar = Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer());
await client.close();
for (const name of readdirSync(folder)) rmSync(join(folder, name));
const params = {
  [constants.ZSTD_c_compressionLevel]: 22,
  // The three databases that Postgres starts with are nearly alike, eight megabytes apart.
  [constants.ZSTD_c_enableLongDistanceMatching]: 1,
  [constants.ZSTD_c_windowLog]: 27,
};
writeFileSync(copy, zstdCompressSync(tar, { params }));
