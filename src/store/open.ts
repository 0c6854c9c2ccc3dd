import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { SQL } from 'drizzle-orm';
import { IcpError } from '../errors.ts';
import { makeDatabase } from './make-database.ts';
import type { Db, Store } from './store.ts';

const migrationsFolder = join(import.meta.dirname, '../../migrations');
const casing = 'snake_case';
// Only one of the two drivers is wanted, and each takes a while to load.

/**
 * Opens the embedded database in a folder, made when it is not there, and brings its schema up to date.
 *
 * Whoever calls this holds the folder's lock: a second process on the same folder would silently lose rows.
 */
export async function openEmbedded(folder: string): Promise<Store> {
  const { PGlite } = await import('@electric-sql/pglite');
  mkdirSync(folder, { recursive: true });
  try {
    const database = join(folder, 'database');
    if (!existsSync(database)) await makeDatabase(database);
    return await embeddedStore(await PGlite.create(database));
  } catch (error) {
    throw new IcpError(
      'database',
      `the embedded database needs to open ${folder}, and could not; choose another folder with DATA_DIR`,
      { cause: error },
    );
  }
}

/** The same store over a PGlite that is already open (tests start from a copy). */
export async function embeddedStore(client: PGlite): Promise<Store> {
  const { drizzle } = await import('drizzle-orm/pglite');
  const { migrate } = await import('drizzle-orm/pglite/migrator');
  const db = drizzle(client, { casing });
  await migrate(db, { migrationsFolder });
  return asStore('pglite', db, async () => client.close());
}

/** Opens a Postgres server and brings its schema up to date. */
export async function openServer(url: string): Promise<Store> {
  const { default: postgres } = await import('postgres');
  const { drizzle } = await import('drizzle-orm/postgres-js');
  const { migrate } = await import('drizzle-orm/postgres-js/migrator');
  const client = postgres(url, { max: 5, onnotice: () => {} });
  const db = drizzle(client, { casing });
  try {
    await migrate(db, { migrationsFolder });
  } catch (error) {
    await client.end({ timeout: 1 });
    throw new IcpError(
      'database',
      `the database at DATABASE_URL could not be opened and brought up to date; check that the server runs and that the user may create tables`,
      { cause: error },
    );
  }
  return asStore('postgres', db, async () => client.end({ timeout: 5 }));
}

function asStore(kind: Store['kind'], db: Db, close: () => Promise<void>): Store {
  return {
    kind,
    db,
    async rows<Row extends Record<string, unknown>>(statement: SQL): Promise<Row[]> {
      // postgres-js answers with an array, PGlite with an object that holds one.
      const result: unknown = await db.execute(statement);
      return (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[];
    },
    transaction(work) {
      return db.transaction((tx) => work(asStore(kind, tx, async () => {})));
    },
    close,
  };
}
