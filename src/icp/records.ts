import { z } from 'zod';
import { outcomeKinds, roles } from './types.ts';

/**
 * One row of a bundle, checked: what a source hands to the engine. `CONTRACT` names the files and columns.
 *
 * Dates are milliseconds since 1970, UTC. Empty is `null`. What a source says beyond the known columns is in `values`
 * (attributes of an account) or `more` (of an opportunity).
 */
const instant = z.number().int();
const maybeInstant = instant.nullable();
const text = z.string().nullable();
const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]);

export const recordSchemas = {
  account: z.object({
    kind: z.literal('account'),
    id: z.string().min(1),
    name: text,
    domain: text,
    ownerEmail: text,
    /** Attributes that this row gives, known or blank; a field it never asked for is absent. */
    values: z.record(z.string(), fieldValue),
    /** When the attributes were true; `null` where the source has no date. */
    observedAt: maybeInstant,
    source: z.string(),
  }),
  contact: z.object({
    kind: z.literal('contact'),
    id: z.string().min(1),
    accountId: text,
    email: text,
    title: text,
    seniority: text,
    more: z.record(z.string(), fieldValue),
  }),
  lead: z.object({
    kind: z.literal('lead'),
    id: z.string().min(1),
    accountId: text,
    createdAt: maybeInstant,
    source: text,
    status: z.enum(['open', 'accepted', 'rejected']),
    decidedAt: maybeInstant,
    rejectReason: text,
    ownerEmail: text,
    more: z.record(z.string(), fieldValue),
  }),
  opportunity: z.object({
    kind: z.literal('opportunity'),
    id: z.string().min(1),
    accountId: text,
    createdAt: maybeInstant,
    closedAt: maybeInstant,
    outcome: z.enum(['open', 'won', 'lost']),
    amount: z.number().nullable(),
    type: z.enum(['new', 'expansion', 'renewal']),
    closeDate: maybeInstant,
    budgetConfirmed: z.boolean().nullable(),
    nextStep: text,
    lossReason: text,
    source: text,
    stakeholders: z.number().nullable(),
    more: z.record(z.string(), fieldValue),
  }),
  customer: z.object({
    kind: z.literal('customer'),
    accountId: z.string().min(1),
    startedAt: instant,
    endedAt: maybeInstant,
    churnReason: text,
    arr: z.number().nullable(),
    renewalOn: maybeInstant,
    csOwnerEmail: text,
    more: z.record(z.string(), fieldValue),
  }),
  outcome: z.object({
    kind: z.literal('outcome'),
    accountId: z.string().min(1),
    outcome: z.enum(outcomeKinds),
    occurredAt: instant,
    source: z.string(),
    reason: text,
  }),
  signal: z.object({
    kind: z.literal('signal'),
    accountId: z.string().min(1),
    signal: z.string().min(1),
    observedAt: instant,
    value: z.number().nullable(),
    source: z.string(),
    text,
  }),
  usage: z.object({
    kind: z.literal('usage'),
    accountId: z.string().min(1),
    periodStart: instant,
    metric: z.string().min(1),
    value: z.number(),
  }),
  observation: z.object({
    kind: z.literal('observation'),
    accountId: z.string().min(1),
    values: z.record(z.string(), fieldValue),
    observedAt: maybeInstant,
    source: z.string(),
  }),
  person: z.object({
    kind: z.literal('person'),
    email: z.string().min(3),
    slackId: text,
    name: z.string(),
    role: z.enum(roles),
  }),
} as const;

export type RecordKind = keyof typeof recordSchemas;
export type BundleRecord = {
  [K in RecordKind]: z.infer<(typeof recordSchemas)[K]>;
}[RecordKind];
export type RecordOf<K extends RecordKind> = Extract<BundleRecord, { kind: K }>;
