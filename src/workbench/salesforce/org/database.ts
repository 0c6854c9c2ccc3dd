import { DatabaseSync } from 'node:sqlite';
import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { makeId } from './ids.ts';

/** The tables of the org: one an object, and a few of our own that begin with `local_`. */
export interface Database {
  sql: DatabaseSync;
  /** Runs everything or nothing. */
  transaction<T>(work: () => T): T;
  /** A new id under a prefix. */
  nextId(prefix: string): string;
  /** Makes the table of an object, or the columns that it lacks. */
  ensureTable(object: ObjectSchema): void;
  close(): void;
}

/** Opens the file of an org, or one in memory, with a table for every object. */
export function openDatabase(file: string | undefined, schema: Schema): Database {
  const sql = new DatabaseSync(file ?? ':memory:');
  // An outside world for tests and the demo: a power failure may cost its last second.
  sql.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY',
  );
  sql.exec(`CREATE TABLE IF NOT EXISTS local_sequence (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS local_hidden (id TEXT PRIMARY KEY, until INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS local_job (id TEXT PRIMARY KEY, place INTEGER NOT NULL, job TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS local_upload (job TEXT PRIMARY KEY, body BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS local_result (job TEXT, place INTEGER, id TEXT, created INTEGER, error TEXT, cells TEXT,
      PRIMARY KEY (job, place)) WITHOUT ROWID;`);
  const sequences = new Map<string, number>();
  const readSequence = sql.prepare('SELECT last FROM local_sequence WHERE prefix = ?');
  const writeSequence = sql.prepare('INSERT OR REPLACE INTO local_sequence VALUES (?, ?)');
  let depth = 0;

  function flushSequences(): void {
    for (const [prefix, last] of sequences) writeSequence.run(prefix, last);
  }

  const database: Database = {
    sql,
    transaction(work) {
      if (depth > 0) return work();
      sql.exec('BEGIN IMMEDIATE');
      depth += 1;
      try {
        const result = work();
        flushSequences();
        sql.exec('COMMIT');
        return result;
      } catch (error) {
        sql.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    nextId(prefix) {
      const last = sequences.get(prefix) ?? Number(readSequence.get(prefix)?.last ?? 0);
      sequences.set(prefix, last + 1);
      return makeId(prefix, last + 1);
    },
    ensureTable: (object) => ensureTable(sql, object),
    close: () => sql.close(),
  };
  for (const object of schema.values()) database.ensureTable(object);
  return database;
}

/** The fields of an object that have a column: an address is put together from its parts. */
export function columnsOf(object: ObjectSchema): Field[] {
  return [...object.fields.values()].filter(({ type }) => type !== 'address');
}

function ensureTable(sql: DatabaseSync, object: ObjectSchema): void {
  const columns = columnsOf(object);
  sql.exec(`CREATE TABLE IF NOT EXISTS "${object.name}" ("Id" TEXT PRIMARY KEY, "local_updates" INTEGER DEFAULT 0)`);
  const there = new Set(
    sql
      .prepare(`PRAGMA table_info("${object.name}")`)
      .all()
      .map(({ name }) => String(name)),
  );
  for (const column of columns) {
    if (!there.has(column.name)) sql.exec(`ALTER TABLE "${object.name}" ADD COLUMN ${definition(column)}`);
  }
  const name = object.name;
  const stamp = object.fields.has('systemmodstamp') ? 'SystemModstamp' : 'CreatedDate';
  sql.exec(`CREATE INDEX IF NOT EXISTS "${name}_order" ON "${name}" ("${stamp}", "Id")`);
  for (const { name: column } of columns) {
    if (/^(Account|Opportunity|Lead|Contact|Contract|MasterRecord|Who|What)Id$/.test(column)) {
      sql.exec(
        `CREATE INDEX IF NOT EXISTS "${name}_${column}" ON "${name}" ("${column}") WHERE "${column}" IS NOT NULL`,
      );
    }
  }
}

/**
 * Text is compared without regard to case, as SOQL does; ids are not.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
 */
function definition({ name, type }: Field): string {
  switch (type) {
    case 'boolean':
      return `"${name}" INTEGER DEFAULT 0`;
    case 'datetime':
      return `"${name}" INTEGER`;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return `"${name}" REAL`;
    case 'id':
    case 'reference':
      return `"${name}" TEXT`;
    default:
      return `"${name}" TEXT COLLATE NOCASE`;
  }
}
