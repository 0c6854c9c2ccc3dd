import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { embeddedStore, openServer } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

const migrations = join(import.meta.dirname, '../../migrations');

/**
 * An empty database of its own for a test: PGlite in memory, or a new database on the server at TEST_DATABASE_URL.
 *
 * Creating PGlite takes seconds, loading a copy a third of one: the first test of a schema leaves a copy for the others.
 */
export async function freshStore(): Promise<Store> {
  const url = process.env.TEST_DATABASE_URL;
  return url === undefined || url === '' ? freshEmbedded() : freshOnServer(url);
}

async function freshEmbedded(): Promise<Store> {
  const journal = readFileSync(join(migrations, 'meta/_journal.json'));
  const copy = join(tmpdir(), `lodestar-empty-${createHash('sha256').update(journal).digest('hex').slice(0, 16)}.tar`);
  if (!existsSync(copy)) {
    const client = await PGlite.create();
    const store = await embeddedStore(client);
    const dump = await client.dumpDataDir('none');
    const half = `${copy}.${randomUUID()}`;
    writeFileSync(half, Buffer.from(await dump.arrayBuffer()));
    renameSync(half, copy);
    await store.close();
  }
  return embeddedStore(await PGlite.create({ loadDataDir: new Blob([readFileSync(copy)]) }));
}

async function freshOnServer(url: string): Promise<Store> {
  const name = `lodestar_test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const store = await openServer(own.href);
  return {
    ...store,
    async close() {
      await store.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
