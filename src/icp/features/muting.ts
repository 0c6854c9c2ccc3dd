import type { AccountHistory } from '../history.ts';
import type { Instant } from '../types.ts';
import { dayOf } from './calendar.ts';

/** Up to when what an account did says nothing about it any more, and why. */
export interface Mute {
  until: Instant;
  /** For a note: `muted by churn on 2026-03-01`. */
  reason: string;
}

const none: readonly Mute[] = [];

/**
 * What mutes older signals of an account as of an instant, oldest first: the last time that it left us, since what it did as a
 * customer is no sign that it wants to buy, and events that a person recorded, such as that it was acquired.
 *
 * Churn mutes what was seen up to it, an event what was seen before its day. Nothing that is still to come mutes anything.
 */
export function mutesOf(
  history: Pick<AccountHistory, 'customers' | 'outcomes' | 'events'>,
  asOf: Instant,
): readonly Mute[] {
  const churn = lastChurn(history, asOf);
  // Read for every account at every landmark, and nearly none has anything.
  if (churn === null && history.events === undefined) return none;
  const mutes = eventsBy(history.events, asOf).map(({ kind, on, note }): Mute => {
    const said = note === null ? kind : note;
    return { until: on - 1, reason: `muted by “${said}” on ${dayOf(on)}` };
  });
  if (churn !== null) mutes.push({ until: churn, reason: `muted by churn on ${dayOf(churn)}` });
  return mutes.sort((a, b) => a.until - b.until);
}

/** The mute that a signal of an instant falls under, of those of an account; `null` where it counts. */
export function muteAt(mutes: readonly Mute[], observedAt: Instant): Mute | null {
  // Nearly every account has none, and this is asked of millions of signals.
  if (mutes.length === 0) return null;
  return mutes.find(({ until }) => observedAt <= until) ?? null;
}

/** Events that had happened by an instant. */
function eventsBy(events: AccountHistory['events'], asOf: Instant) {
  return (events ?? []).filter(({ on }) => on <= asOf);
}

/** Looks at the end of customer periods and at `churned` outcomes. */
function lastChurn({ customers, outcomes }: Pick<AccountHistory, 'customers' | 'outcomes'>, asOf: Instant) {
  let until: Instant | null = null;
  for (const { endedAt } of customers) {
    if (endedAt !== null && endedAt <= asOf && (until === null || endedAt > until)) until = endedAt;
  }
  for (const { kind, occurredAt } of outcomes) {
    if (kind === 'churned' && occurredAt <= asOf && (until === null || occurredAt > until)) until = occurredAt;
  }
  return until;
}
