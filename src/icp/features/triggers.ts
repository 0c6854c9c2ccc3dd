import type { Signal } from '../history.ts';
import { ageInDays, isPainKind } from '../staleness.ts';
import type { Instant, Layer } from '../types.ts';
import { slugText } from './clean-text.ts';
import { isSaidInPublic } from './pain-phrases.ts';

/** A reason to call now: so many signals of certain kinds within a window. */
export interface TriggerRule {
  key: string;
  label: string;
  layer: Layer;
  /** How many it takes; a signal with a value counts that many times (roles in a job post). */
  threshold: number;
  /** The last day that still counts is this many days old. */
  windowDays: number;
  /** Whether signals of a kind may count at all. */
  ofKind(kind: string): boolean;
  /** Whether a signal of such a kind counts. */
  counts(signal: Signal): boolean;
  /** Whether the value of a signal is a number of things to count. */
  countsValues: boolean;
}

const fundingKinds = new Set(['funding', 'new_funding', 'funding_round']);
const leaderKinds = new Set(['leadership_change', 'executive_hire', 'new_executive', 'new_leader']);
const jobKinds = new Set(['job_post', 'job_posting', 'hiring']);
const salesJobKinds = new Set(['sdr_hiring', 'hiring_spike', 'sdr_hiring_spike']);
const salesLeader = /\b(?:cro|vp|vice president|head|chief revenue officer)\b.*\bsales\b|\bcro\b|chief revenue/i;
const salesRole = /\bsdrs?\b|\bbdrs?\b|sales development|business development rep/i;

/** New funding, a new sales leader, a spike of sales hiring, pain said in public. */
export const triggerRules: readonly TriggerRule[] = [
  {
    key: 'new_funding',
    label: 'New funding in the last 90 days',
    layer: 'behavioural',
    threshold: 1,
    windowDays: 90,
    ofKind: (kind) => fundingKinds.has(slugText(kind)),
    counts: () => true,
    countsValues: false,
  },
  {
    key: 'new_sales_leader',
    label: 'New sales leader in the last 90 days',
    layer: 'behavioural',
    threshold: 1,
    windowDays: 90,
    ofKind: (kind) => leaderKinds.has(slugText(kind)),
    counts: ({ text }) => text === null || salesLeader.test(text),
    countsValues: false,
  },
  {
    key: 'sales_hiring_spike',
    label: 'Three or more sales development roles in the last 90 days',
    layer: 'behavioural',
    threshold: 3,
    windowDays: 90,
    ofKind: (kind) => jobKinds.has(slugText(kind)) || salesJobKinds.has(slugText(kind)),
    counts: ({ kind, text }) => (text === null ? salesJobKinds.has(slugText(kind)) : salesRole.test(text)),
    countsValues: true,
  },
  {
    key: 'public_pain',
    label: 'Said in public what hurts in the last 90 days',
    layer: 'pain',
    threshold: 1,
    windowDays: 90,
    ofKind: isPainKind,
    counts: isSaidInPublic,
    countsValues: false,
  },
];

/**
 * How many times a signal of a fitting kind counts towards a trigger as of an instant: 0 when it is too old or to come.
 */
export function triggerCount(rule: TriggerRule, signal: Signal, asOf: Instant): number {
  if (signal.observedAt > asOf || ageInDays(signal, asOf) > rule.windowDays || !rule.counts(signal)) return 0;
  return rule.countsValues && signal.value !== null ? Math.max(0, signal.value) : 1;
}
