import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

export const runStatuses = ['due', 'running', 'waiting', 'success', 'suspicious', 'failed', 'skipped'] as const;

/** What a run read and wrote, by what it is: `{ rows: 4000 }`. */
export interface RunCounts {
  read: Readonly<Record<string, number>>;
  written: Readonly<Record<string, number>>;
}

/** Every time at which a job was due, once. The row is the run: nothing else remembers what has been done. */
export const jobRuns = pgTable(
  'job_runs',
  {
    job: text().notNull(),
    dueAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    status: text({ enum: runStatuses }).notNull(),
    attempts: integer().notNull(),
    /** The token of the lease under which it was last begun. */
    token: integer(),
    /** The process that began it last. */
    owner: text(),
    startedAt: timestamp({ withTimezone: true, mode: 'date' }),
    finishedAt: timestamp({ withTimezone: true, mode: 'date' }),
    /** When a run that failed is tried again. */
    nextTryAt: timestamp({ withTimezone: true, mode: 'date' }),
    /** In words: why it was skipped, failed or looks suspicious; else what it did. */
    reason: text(),
    counts: jsonb().$type<RunCounts>(),
  },
  (table) => [primaryKey({ columns: [table.job, table.dueAt] })],
);

/** Long work that only one process may do at a time. A row stays: its token only ever grows. */
export const leases = pgTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  token: integer().notNull(),
  takenAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  expiresAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
});
