import { foldText, slugText } from './features/clean-text.ts';
import type { Signal } from './history.ts';
import type { Instant } from './types.ts';

/** How fast a kind of signal fades: worth half after `halfLifeDays`, nothing after the day `expiresAfterDays`. */
export interface Freshness {
  halfLifeDays: number;
  expiresAfterDays: number;
}

/** For kinds that are not in the table. A trigger counts in the last 90 days only. */
const usualFreshness: Freshness = { halfLifeDays: 30, expiresAfterDays: 90 };

/**
 * Half-life and expiry by kind of signal. A kind that is not here fades as its first word does (`content_download` as
 * `content`), every kind of pain as `pain`, and any other as usual.
 */
const freshnessByKind: Readonly<Record<string, Freshness>> = {
  page_view: { halfLifeDays: 14, expiresAfterDays: 90 },
  pricing_page: { halfLifeDays: 14, expiresAfterDays: 90 },
  website: { halfLifeDays: 14, expiresAfterDays: 90 },
  content: { halfLifeDays: 30, expiresAfterDays: 90 },
  event: { halfLifeDays: 45, expiresAfterDays: 90 },
  trial: { halfLifeDays: 14, expiresAfterDays: 90 },
  demo_request: { halfLifeDays: 21, expiresAfterDays: 90 },
  third_party_intent: { halfLifeDays: 21, expiresAfterDays: 90 },
  keyword_search: { halfLifeDays: 14, expiresAfterDays: 90 },
  review_activity: { halfLifeDays: 30, expiresAfterDays: 90 },
  job_post: { halfLifeDays: 30, expiresAfterDays: 90 },
  funding: { halfLifeDays: 45, expiresAfterDays: 90 },
  new_funding: { halfLifeDays: 45, expiresAfterDays: 90 },
  leadership_change: { halfLifeDays: 45, expiresAfterDays: 90 },
  pain: { halfLifeDays: 60, expiresAfterDays: 180 },
};

/**
 * Half-life and expiry of a kind of signal, in days.
 *
 * @example freshnessOf('page_view'); // => { halfLifeDays: 14, expiresAfterDays: 90 }
 */
export function freshnessOf(kind: string): Freshness {
  const slug = slugText(kind);
  const family = slug.slice(0, slug.indexOf('_') < 0 ? slug.length : slug.indexOf('_'));
  return freshnessByKind[slug] ?? freshnessByKind[isPainKind(kind) ? 'pain' : family] ?? usualFreshness;
}

/**
 * Age of a signal in whole days; negative for one that is still to come.
 *
 * @example ageInDays({ observedAt: 0 }, 172799999); // => 1
 */
export function ageInDays(signal: Pick<Signal, 'observedAt'>, now: Instant): number {
  return Math.floor((now - signal.observedAt) / 86_400_000);
}

/**
 * Whether a signal is too old to use: the expiry day itself still counts, the day after does not.
 *
 * @example isStale({ kind: 'demo_request', observedAt: 0 }, 90 * 86400000); // => false
 * @example isStale({ kind: 'demo_request', observedAt: 0 }, 91 * 86400000); // => true
 */
export function isStale(
  signal: Pick<Signal, 'kind' | 'observedAt'>,
  now: Instant,
  freshness: Freshness = freshnessOf(signal.kind),
): boolean {
  return ageInDays(signal, now) > freshness.expiresAfterDays;
}

/**
 * What a signal is still worth, 1 when fresh: it halves every half-life. 0 when expired, and before it happened.
 *
 * @example signalWeight({ kind: 'other', observedAt: 0 }, 30 * 86400000); // => 0.5
 */
export function signalWeight(
  signal: Pick<Signal, 'kind' | 'observedAt'>,
  now: Instant,
  freshness: Freshness = freshnessOf(signal.kind),
): number {
  if (signal.observedAt > now || isStale(signal, now, freshness)) return 0;
  return 0.5 ** ((now - signal.observedAt) / (freshness.halfLifeDays * 86_400_000));
}

/**
 * Whether a kind of signal belongs to the pain layer: its name starts with `pain`.
 *
 * @example isPainKind('pain_manual_work'); // => true
 */
export function isPainKind(kind: string): boolean {
  return foldText(kind).startsWith('pain');
}
