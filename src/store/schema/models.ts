import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { FeatureCatalogue } from '../../icp/features/feature-rule.ts';
import type { IcpModel } from '../../icp/model.ts';

/** Immutable, numbered ICP models. `importId` and `asOf` say what each was fitted on. */
export const models = pgTable('models', {
  version: integer().primaryKey(),
  book: text().notNull(),
  importId: integer().notNull(),
  asOf: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  model: jsonb().$type<IcpModel>().notNull(),
  catalogue: jsonb().$type<FeatureCatalogue>().notNull(),
  /** What the fit said of itself, for a person. */
  verdict: text().notNull(),
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  /** Of the table and how its features are read; `null` for models from before there was one. */
  contentHash: text(),
  /** The version that it was made from by approved changes; `null` for one that was learnt. */
  parentVersion: integer(),
  /** What changed, in words, for the person who reads the list of versions. */
  changelog: text(),
});

/** One rescoring of a book. The scores below are those of its latest run. */
export const scoreRuns = pgTable('score_runs', {
  book: text().primaryKey(),
  modelVersion: integer().notNull(),
  importId: integer().notNull(),
  asOf: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  accounts: integer().notNull(),
});

export const scores = pgTable(
  'scores',
  {
    book: text().notNull(),
    accountId: text().notNull(),
    score: doublePrecision().notNull(),
    tier: smallint().notNull(),
    positive: doublePrecision().notNull(),
    detractorMatch: doublePrecision().notNull(),
    flagged: boolean().notNull(),
    pAccepted: doublePrecision(),
    pQualified: doublePrecision(),
    pWon: doublePrecision(),
    pExpanded: doublePrecision(),
    pChurned: doublePrecision(),
    fitPoints: doublePrecision().notNull(),
    timingPoints: doublePrecision().notNull(),
    segment: text(),
    evidence: text().notNull(),
    label: text(),
  },
  (table) => [primaryKey({ columns: [table.book, table.accountId] })],
);
