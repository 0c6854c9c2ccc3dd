import type { AccountHistory } from '../history.ts';
import type { Instant } from '../types.ts';
import { dayOf } from './calendar.ts';

/** Up to when what an account did says nothing about it any more, and why. */
export interface Mute {
  until: Instant;
  /** For a note: `muted by churn on 2026-03-01`. */
  reason: string;
}

/**
 * The last time an account left us, as of an instant: what it did as a customer is no sign that it wants to buy.
 *
 * Looks at the end of customer periods and at `churned` outcomes that had happened by then; `null` where there is none.
 */
export function muteOf(history: Pick<AccountHistory, 'customers' | 'outcomes'>, asOf: Instant): Mute | null {
  let until: Instant | null = null;
  for (const customer of history.customers) {
    const end = customer.endedAt;
    if (end !== null && end <= asOf && (until === null || end > until)) until = end;
  }
  for (const outcome of history.outcomes) {
    const end = outcome.occurredAt;
    if (outcome.kind === 'churned' && end <= asOf && (until === null || end > until)) until = end;
  }
  return until === null ? null : { until, reason: `muted by churn on ${dayOf(until)}` };
}
