import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/**
 * The database, whichever way it runs.
 *
 * PGlite has one connection: never hold a transaction over anything slower than the database itself.
 */
export interface Store {
  kind: 'pglite' | 'postgres';
  db: Db;
  /** Rows of a statement written in SQL. Timestamps come as text: cast with `instantOf` where a number is wanted. */
  rows<Row extends Record<string, unknown>>(statement: SQL): Promise<Row[]>;
  /** All or nothing. The work gets a store of its own and must use only that one. */
  transaction<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export type Db = PgDatabase<PgQueryResultHKT>;
