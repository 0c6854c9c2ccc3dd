import type { AccountHistory, Customer, Lead, Opportunity, Outcome, Signal } from '../../../src/icp/history.ts';
import type { FieldValue } from '../../../src/icp/types.ts';

export const dayMs = 86_400_000;

/** The instant of a day, for readable tests. */
export function on(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** An account that nothing is known of, and what the test wants it to be. */
export function aHistory(of: Partial<AccountHistory> = {}): AccountHistory {
  return {
    book: 'test',
    id: 'a1',
    name: 'Acme',
    domain: null,
    ownerEmail: null,
    observations: [],
    outcomes: [],
    leads: [],
    opportunities: [],
    customers: [],
    signals: [],
    usage: [],
    contacts: [],
    ...of,
  };
}

/** Values without a date, from an import. */
export function undated(values: Record<string, FieldValue>, source = 'import') {
  return { values, observedAt: null, source };
}

/** Values as of a day. */
export function dated(day: string, values: Record<string, FieldValue>, source = 'import') {
  return { values, observedAt: on(day), source };
}

export function anOutcome(kind: Outcome['kind'], day: string, reason: string | null = null): Outcome {
  return { kind, occurredAt: on(day), source: 'import', reason };
}

export function aSignal(kind: string, day: string, of: Partial<Signal> = {}): Signal {
  return { kind, observedAt: on(day), value: null, source: 'website', text: null, ...of };
}

export function aLead(day: string | null, of: Partial<Lead> = {}): Lead {
  return {
    id: 'l1',
    createdAt: day === null ? null : on(day),
    source: null,
    status: 'open',
    decidedAt: null,
    rejectReason: null,
    ownerEmail: null,
    ...of,
  };
}

export function anOpportunity(day: string | null, of: Partial<Opportunity> = {}): Opportunity {
  return {
    id: 'o1',
    createdAt: day === null ? null : on(day),
    closedAt: null,
    outcome: 'open',
    amount: null,
    type: 'new',
    closeDate: null,
    budgetConfirmed: null,
    nextStep: null,
    lossReason: null,
    source: null,
    stakeholders: null,
    more: {},
    ...of,
  };
}

export function aCustomer(from: string, to: string | null = null, of: Partial<Customer> = {}): Customer {
  return {
    startedAt: on(from),
    endedAt: to === null ? null : on(to),
    churnReason: null,
    arr: null,
    renewalOn: null,
    csOwnerEmail: null,
    ...of,
  };
}
