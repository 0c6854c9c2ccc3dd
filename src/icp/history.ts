import type { FieldValue, Instant, OutcomeKind } from './types.ts';

/*
 * The history of an account: what happened, dated, from where. Features are read off it as of an instant.
 */

/** Values that one source gave for one account at one time. `observedAt` is `null` where the source has no date. */
export interface Observation {
  values: Readonly<Record<string, FieldValue>>;
  observedAt: Instant | null;
  source: string;
}

export interface Outcome {
  kind: OutcomeKind;
  occurredAt: Instant;
  source: string;
  reason: string | null;
}

export interface Lead {
  id: string;
  createdAt: Instant | null;
  source: string | null;
  status: 'open' | 'accepted' | 'rejected';
  decidedAt: Instant | null;
  rejectReason: string | null;
  ownerEmail: string | null;
  /** Through what it was decided, where that was here: `slack` or `command line`. */
  decidedVia?: string | null;
}

export interface Opportunity {
  id: string;
  createdAt: Instant | null;
  closedAt: Instant | null;
  outcome: 'open' | 'won' | 'lost';
  amount: number | null;
  type: 'new' | 'expansion' | 'renewal';
  closeDate: Instant | null;
  budgetConfirmed: boolean | null;
  nextStep: string | null;
  lossReason: string | null;
  source: string | null;
  stakeholders: number | null;
  /** Any further column of the source, e.g. products. */
  more: Readonly<Record<string, FieldValue>>;
}

export interface Customer {
  startedAt: Instant;
  endedAt: Instant | null;
  churnReason: string | null;
  arr: number | null;
  renewalOn: Instant | null;
  csOwnerEmail: string | null;
}

export interface Signal {
  kind: string;
  observedAt: Instant;
  value: number | null;
  source: string;
  text: string | null;
}

export interface Usage {
  periodStart: Instant;
  metric: string;
  value: number;
}

export interface Contact {
  id: string;
  email: string | null;
  title: string | null;
  seniority: string | null;
}

/** Something that happened to an account and makes what is older misleading: it was bought, or it changed its business. */
export interface AccountEvent {
  kind: string;
  /** The day from which on things count again. */
  on: Instant;
  note: string | null;
  /** Who says so. */
  source: string;
}

export interface AccountHistory {
  book: string;
  id: string;
  name: string;
  domain: string | null;
  ownerEmail: string | null;
  observations: readonly Observation[];
  outcomes: readonly Outcome[];
  leads: readonly Lead[];
  opportunities: readonly Opportunity[];
  customers: readonly Customer[];
  signals: readonly Signal[];
  usage: readonly Usage[];
  contacts: readonly Contact[];
  /** What people recorded of it; absent is none. */
  events?: readonly AccountEvent[];
}
