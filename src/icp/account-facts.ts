import type { Churn } from './churn.ts';
import type { AccountHistory, Customer, Lead, Opportunity, Usage } from './history.ts';
import { type DerivedOutcomes, deriveOutcomes } from './outcomes.ts';
import type { Instant, Stage, TimeKind } from './types.ts';

/** What became of one touched account, without the bulk of its history: what the findings are counted from. */
export interface AccountFacts {
  id: string;
  name: string;
  domain: string | null;
  ownerEmail: string | null;
  touchedAt: Instant;
  /** In order of time; won at most once. */
  outcomes: DerivedOutcomes['outcomes'];
  reachedAt: Readonly<Record<Stage, Instant | null>>;
  customerSince: Instant | null;
  isCustomer: boolean;
  churns: readonly Churn[];
  leads: readonly Lead[];
  deals: readonly Opportunity[];
  customers: readonly Customer[];
  /** In order of time; empty for who is no customer. */
  usage: readonly Usage[];
  /** What people recorded of it; absent is none. */
  events?: AccountHistory['events'];
}

/**
 * The facts of an account as of an instant: nothing later is in them, and a deal that closed later is open.
 *
 * `null` for an account that was never touched.
 */
export function factsOf(
  history: AccountHistory,
  { asOf, timeKind }: { asOf: Instant; timeKind: TimeKind },
): AccountFacts | null {
  const { touchedAt, outcomes, reachedAt, customerSince, isCustomer, churns } = deriveOutcomes(history, {
    asOf,
    timeKind,
  });
  if (touchedAt === null) return null;
  const { id, name, domain, ownerEmail } = history;
  const known = (at: Instant | null) => at === null || at <= asOf;
  return {
    ...{ id, name, domain, ownerEmail, touchedAt, outcomes, reachedAt, customerSince, isCustomer, churns },
    leads: history.leads.filter(({ createdAt }) => known(createdAt)).map((lead) => leadAsOf(lead, asOf)),
    deals: history.opportunities.filter(({ createdAt }) => known(createdAt)).map((deal) => dealAsOf(deal, asOf)),
    customers: history.customers
      .filter(({ startedAt }) => startedAt <= asOf)
      .map((customer) => (known(customer.endedAt) ? customer : { ...customer, endedAt: null, churnReason: null })),
    usage:
      customerSince === null
        ? []
        : history.usage
            .filter(({ periodStart }) => periodStart <= asOf)
            .toSorted((left, right) => left.periodStart - right.periodStart),
    ...(history.events === undefined ? {} : { events: history.events.filter(({ on }) => on <= asOf) }),
  };
}

function leadAsOf(lead: Lead, asOf: Instant): Lead {
  if (lead.decidedAt === null || lead.decidedAt <= asOf) return lead;
  return { ...lead, status: 'open', decidedAt: null, rejectReason: null };
}

function dealAsOf(deal: Opportunity, asOf: Instant): Opportunity {
  if (deal.closedAt === null || deal.closedAt <= asOf) return deal;
  return { ...deal, outcome: 'open', closedAt: null, lossReason: null };
}
