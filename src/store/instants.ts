import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** A timestamp as milliseconds since 1970: a plain number from both databases, whatever their drivers make of dates. */
export function instantOf(column: AnyPgColumn | SQL): SQL<number> {
  return sql<number>`round(date_part('epoch', ${column}) * 1000)`;
}
