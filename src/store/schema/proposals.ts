import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import { type ProposalEventDetails, proposalEventKinds } from '../../icp/proposals/proposal-event.ts';

/** What the analysis would change in the model in force. Never altered: what became of it is in its events. */
export const proposals = pgTable(
  'proposals',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    /** The model that it would change. A proposal whose base is no longer in force is stale. */
    baseVersion: integer().notNull(),
    /** The model that the analysis learnt; `null` where a person or the reps' answers drafted it. */
    candidateVersion: integer(),
    importId: integer().notNull(),
    asOf: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    draftedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    draftedBy: text().notNull(),
    ownerEmail: text(),
    deadlineAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    /** All changes at once, as they were drafted. */
    dryRun: jsonb().$type<DryRun>().notNull(),
  },
  (table) => [index().on(table.book, table.id)],
);

/** One line of a proposal, as it was drafted. */
export const proposalChanges = pgTable(
  'proposal_changes',
  {
    proposalId: integer().notNull(),
    /** From 1. */
    number: integer().notNull(),
    change: jsonb().$type<ModelChange>().notNull(),
    /** This change alone. */
    dryRun: jsonb().$type<DryRun>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.proposalId, table.number] })],
);

/** What happened to proposals and their lines, append-only. A second happening of the same key is not kept. */
export const proposalEvents = pgTable(
  'proposal_events',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    proposalId: integer().notNull(),
    key: text().notNull(),
    kind: text({ enum: proposalEventKinds }).notNull(),
    /** The line that it happened to; `null` for the whole. */
    change: integer(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    by: text().notNull(),
    byName: text().notNull(),
    details: jsonb().$type<ProposalEventDetails>().notNull(),
  },
  (table) => [unique().on(table.proposalId, table.key), index().on(table.proposalId)],
);
