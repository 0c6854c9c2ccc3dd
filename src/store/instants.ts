import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** A timestamp as milliseconds since 1970: a plain number from both databases, whatever their drivers make of dates. */
export function instantOf(column: AnyPgColumn | SQL): SQL<number> {
  return sql<number>`(extract(epoch from ${column}) * 1000)::float8`;
}
