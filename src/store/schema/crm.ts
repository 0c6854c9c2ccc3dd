import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** A value as the CRM has it. */
export type CrmCell = string | number | boolean | null;

/**
 * How far each object of an org has been read: one row an object and sync, written in the transaction of its page. The
 * next sync goes on behind the latest one that is finished.
 */
export const syncProgress = pgTable(
  'sync_progress',
  {
    importId: integer().notNull(),
    orgId: text().notNull(),
    object: text().notNull(),
    /** The place: `SystemModstamp` and id of the last record that was read. `null`: none yet. */
    modstamp: timestamp({ withTimezone: true, mode: 'date' }),
    recordId: text(),
    records: integer().notNull(),
    finishedAt: timestamp({ withTimezone: true, mode: 'date' }),
  },
  (table) => [primaryKey({ columns: [table.importId, table.object] })],
);

/**
 * Records that the CRM no longer has: deleted, merged, or found missing by the weekly reconciliation. Readers leave out what
 * went at or before the import that they stand on, unless a later version came back.
 */
export const departures = pgTable(
  'departures',
  {
    book: text().notNull(),
    /** The table that the record is in: `accounts`, `leads`, ... */
    kind: text({ enum: ['accounts', 'contacts', 'leads', 'opportunities'] }).notNull(),
    id: text().notNull(),
    importId: integer().notNull(),
    goneAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    /** The record that took its place. */
    mergedInto: text(),
  },
  (table) => [primaryKey({ columns: [table.book, table.kind, table.id, table.importId] })],
);

/** `stopping`: a person has asked that it stops, and whoever sends it settles what was sent before it is `stopped`. */
export const publicationStates = [
  'planned',
  'sending',
  'paused',
  'stopping',
  'stopped',
  'finished',
  'superseded',
] as const;

/** One writing of scores to the CRM, or the undoing of one. The plan is frozen before the first byte is sent. */
export const publications = pgTable(
  'publications',
  {
    /** The run id that every written record carries. */
    id: text().primaryKey(),
    book: text().notNull(),
    orgId: text().notNull(),
    orgName: text().notNull(),
    /** `production`, `sandbox` or `local`, as it was planned. */
    orgSetting: text().notNull(),
    kind: text({ enum: ['publish', 'undo'] }).notNull(),
    /** The publication that this one undoes. */
    undoes: text(),
    modelVersion: integer().notNull(),
    /** Of the model in force, as it was approved. */
    modelHash: text().notNull(),
    importId: integer().notNull(),
    scoredAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    /** Of every row of the plan with its before and after. */
    planHash: text().notNull(),
    plannedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    /** Who or what asked for it. */
    by: text().notNull(),
    state: text({ enum: publicationStates }).notNull(),
    /** Why it is paused or stopped, in words; how it ended. */
    reason: text(),
    /** Not before then, where it is paused; `null` there: not before a person asks. */
    resumeAt: timestamp({ withTimezone: true, mode: 'date' }),
    finishedAt: timestamp({ withTimezone: true, mode: 'date' }),
    /** Calls of the CRM's budget that it took. */
    calls: integer().notNull(),
    /** What people have been told of it, by key, so that each thing is said once: `{ report: { channel, ts } }`. */
    told: jsonb().$type<Readonly<Record<string, { channel: string; ts: string } | null>>>().notNull(),
  },
  (table) => [index().on(table.book, table.plannedAt)],
);

export const publicationRowStates = ['waiting', 'sent', 'written', 'set aside', 'changed since', 'left out'] as const;

/** One record of a plan: what it had, what it is to have, and what became of that. */
export const publicationRows = pgTable(
  'publication_rows',
  {
    publicationId: text().notNull(),
    object: text().notNull(),
    recordId: text().notNull(),
    /** In the order of sending. */
    nth: integer().notNull(),
    accountId: text(),
    before: jsonb().$type<Readonly<Record<string, CrmCell>>>().notNull(),
    after: jsonb().$type<Readonly<Record<string, CrmCell>>>().notNull(),
    state: text({ enum: publicationRowStates }).notNull(),
    /** The job that it went with; `null` for collections. */
    jobNth: integer(),
    attempts: integer().notNull(),
    code: text(),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.publicationId, table.object, table.recordId] }),
    index().on(table.publicationId, table.state),
    index().on(table.accountId, table.object),
  ],
);

/** A job of the CRM's that a publication gave rows to; its row is written before the job is asked for. */
export const publicationJobs = pgTable(
  'publication_jobs',
  {
    publicationId: text().notNull(),
    nth: integer().notNull(),
    object: text().notNull(),
    /** `null`: asked for, and no answer yet. */
    jobId: text(),
    state: text({ enum: ['asked', 'created', 'uploaded', 'closed', 'recorded', 'given up'] }).notNull(),
    rows: integer().notNull(),
    askedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    bytes: bigint({ mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.publicationId, table.nth] })],
);
