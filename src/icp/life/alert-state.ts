import type { Instant } from '../types.ts';
import type { WatchedCustomer } from './watch-churn.ts';

/** What a person does with an alert. */
export type AlertDecision =
  | { kind: 'acknowledged' }
  | { kind: 'snoozed'; until: Instant }
  | { kind: 'not a risk'; reason: string };

export const alertEventKinds = [
  'posting',
  'posted',
  'refused',
  'acknowledged',
  'snoozed',
  'not a risk',
  'calmed',
] as const;
export type AlertEventKind = (typeof alertEventKinds)[number];

/** Something that happened to an alert. Events are only ever added. */
export interface AlertEvent {
  kind: AlertEventKind;
  at: Instant;
  /** E-mail address and name of who did it; `null` for what we did ourselves. */
  by: string | null;
  byName: string | null;
  until: Instant | null;
  reason: string | null;
  /** Where it was posted. */
  channel: string | null;
  ts: string | null;
}

/** An alert as it was raised: one a book, account and episode. */
export interface RaisedAlert {
  id: number;
  book: string;
  accountId: string;
  /** From 1: how often this account has come to this. */
  episode: number;
  raisedAt: Instant;
  horizonDays: number;
  customer: WatchedCustomer;
}

/** An alert with what became of it. */
export interface AlertState extends RaisedAlert {
  standing: 'open' | 'acknowledged' | 'snoozed' | 'not a risk';
  /** Who brought it to its standing, when, and why. */
  decided: { by: string; byName: string; at: Instant; until: Instant | null; reason: string | null } | null;
  calmedAt: Instant | null;
  posts: readonly { channel: string; ts: string }[];
  /**
   * `due`: nobody has tried yet, or Slack refused and may be tried again. `told`: it is in its channel. `unknown`: a try was
   * begun and nobody knows how it ended; it is not repeated, since nobody shall be told twice.
   */
  delivery: 'due' | 'told' | 'unknown';
  /** How often a post was begun. */
  attempts: number;
  /** Whether a post was begun after the last decision: a reminder of what was put off. */
  triedSinceDecided: boolean;
  /** How many decisions there have been: the next one is claimed under the next number. */
  decisions: number;
}

/** Adds up what happened to an alert, in the order in which it happened. */
export function alertState(alert: RaisedAlert, events: readonly AlertEvent[]): AlertState {
  let standing: AlertState['standing'] = 'open';
  let decided: AlertState['decided'] = null;
  let calmedAt: Instant | null = null;
  let delivery: AlertState['delivery'] = 'due';
  let attempts = 0;
  let decisions = 0;
  let triedSinceDecided = false;
  const posts: { channel: string; ts: string }[] = [];
  for (const { kind, at, by, byName, until, reason, channel, ts } of events) {
    switch (kind) {
      case 'posting':
        attempts++;
        triedSinceDecided = true;
        delivery = 'unknown';
        break;
      case 'posted':
        delivery = 'told';
        if (channel !== null && ts !== null) posts.push({ channel, ts });
        break;
      case 'refused':
        delivery = 'due';
        break;
      case 'calmed':
        calmedAt = at;
        break;
      default:
        decisions++;
        triedSinceDecided = false;
        standing = kind;
        decided = { by: by ?? '', byName: byName ?? by ?? '', at, until, reason };
    }
  }
  return { ...alert, standing, decided, calmedAt, posts, delivery, attempts, triedSinceDecided, decisions };
}
