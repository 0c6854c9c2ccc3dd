import type { Day } from './calendar.ts';
import type { Evaluation } from './evaluation.ts';
import type { Market } from './market.ts';
import { planCustomers } from './plan-customers.ts';
import { planDeals } from './plan-deals.ts';
import { planTouches } from './plan-touches.ts';

export interface PlannedLead {
  createdAt: Day;
  status: 'open' | 'accepted' | 'rejected';
  decidedAt: Day | null;
  /** One of a kind that reps turn down on sight, turned down. */
  onSight: boolean;
}

export interface PlannedDeal {
  createdAt: Day;
  /** When it closes; in the future for an open deal. */
  closesAt: Day;
  outcome: 'open' | 'won' | 'lost';
  type: 'new' | 'expansion' | 'renewal';
  /** Has a close date, a confirmed budget and a real next step. */
  qualified: boolean;
  evaluation: Evaluation;
  /** A long evaluation that ended without another word. */
  dark: boolean;
}

export interface PlannedCustomer {
  startedAt: Day;
  endedAt: Day | null;
  churn: 'early' | 'after use' | null;
}

/** What happens to one account, before anything is written about it. */
export interface Story {
  /** The account that this one was entered twice for. */
  duplicateOf: number | null;
  /** First lead or opportunity; `null` for an account that nobody has spoken to. */
  touchedAt: Day | null;
  /** Found by a rep, without a lead. */
  outbound: boolean;
  /** When it was first taken on by sales. */
  acceptedAt: Day | null;
  leads: PlannedLead[];
  deals: PlannedDeal[];
  customer: PlannedCustomer | null;
}

/**
 * Decides what happens to every account, so that the counts of the market's size come out exactly.
 *
 * Each step is a logistic model: log-odds from the planted truth plus luck, and the highest so many go on.
 */
export function planMarket(market: Market): Story[] {
  const stories = planTouches(market);
  planDeals(market, stories);
  planCustomers(market, stories);
  for (const story of stories) {
    if (story.leads.length === 0 && story.deals.length === 0) story.touchedAt = null;
    story.deals.sort((left, right) => left.createdAt - right.createdAt);
  }
  return stories;
}
