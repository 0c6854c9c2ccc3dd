import { ageInDays, isPainKind } from '../staleness.ts';
import type { Instant, Layer, Signal } from '../types.ts';
import { slugText } from './clean-text.ts';
import { saysWhatHurts } from './pain-phrases.ts';

/** A reason to call now: so many signals of certain kinds within a window. */
export interface TriggerRule {
  key: string;
  label: string;
  layer: Layer;
  /** How many it takes; a signal with a value counts that many times (roles in a job post). */
  threshold: number;
  /** The last day that still counts is this many days old. */
  windowDays: number;
  /** Whether a signal is one of those that count. */
  counts(signal: Signal): boolean;
  /** Whether the value of a signal is a number of things to count. */
  countsValues: boolean;
}

const fundingKinds = new Set(['funding', 'new_funding', 'funding_round']);
const leaderKinds = new Set(['leadership_change', 'executive_hire', 'new_executive', 'new_leader']);
const jobKinds = new Set(['job_post', 'job_posting', 'hiring', 'sdr_hiring', 'hiring_spike']);
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
    counts: (signal) => fundingKinds.has(slugText(signal.kind)),
    countsValues: false,
  },
  {
    key: 'new_sales_leader',
    label: 'New sales leader in the last 90 days',
    layer: 'behavioural',
    threshold: 1,
    windowDays: 90,
    counts: (signal) =>
      leaderKinds.has(slugText(signal.kind)) && (signal.text === null || salesLeader.test(signal.text)),
    countsValues: false,
  },
  {
    key: 'sales_hiring_spike',
    label: 'Three or more sales development roles in the last 90 days',
    layer: 'behavioural',
    threshold: 3,
    windowDays: 90,
    counts: (signal) => {
      const kind = slugText(signal.kind);
      return jobKinds.has(kind) && (signal.text === null ? kind === 'sdr_hiring' : salesRole.test(signal.text));
    },
    countsValues: true,
  },
  {
    key: 'public_pain',
    label: 'Said in public what hurts in the last 90 days',
    layer: 'pain',
    threshold: 1,
    windowDays: 90,
    counts: (signal) => isPainKind(signal.kind) && saysWhatHurts({ ...signal, kind: 'said' }),
    countsValues: false,
  },
];

/**
 * How many times a signal counts towards a trigger as of an instant: 0 when it is another signal, too old, or to come.
 */
export function triggerCount(rule: TriggerRule, signal: Signal, asOf: Instant): number {
  if (signal.observedAt > asOf || ageInDays(signal, asOf) > rule.windowDays || !rule.counts(signal)) return 0;
  return rule.countsValues && signal.value !== null ? Math.max(0, signal.value) : 1;
}
