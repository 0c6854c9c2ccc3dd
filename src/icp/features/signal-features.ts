import type { AccountHistory, Signal } from '../history.ts';
import { isAnswerKind } from '../outreach/answer-kinds.ts';
import { isPainKind } from '../staleness.ts';
import type { Feature, Instant } from '../types.ts';
import { slugText, wordsOf } from './clean-text.ts';
import type { FeatureRule } from './feature-rule.ts';
import { buyingCycleStages } from './formulas.ts';
import { createHurtFinder } from './pain-phrases.ts';
import { type TriggerRule, triggerRules } from './triggers.ts';

/** A feature that a book may have, how to read it, and in how many accounts it says something. */
export interface Candidate {
  feature: Feature;
  rule: FeatureRule;
  support: number;
}

const mostKinds = 60;
const visitKinds = new Set([
  'page_view',
  'page_views',
  'pricing_page',
  'website',
  'website_visit',
  'visit',
  'web_visit',
]);
/** What an account looks for, seen elsewhere. */
const intentKinds = ['third_party_intent', 'job_post', 'job_posting', 'review_activity', 'keyword_search'];
const ofOthers = new Set([
  ...intentKinds,
  'hiring',
  'sdr_hiring',
  'hiring_spike',
  'sdr_hiring_spike',
  'funding',
  'new_funding',
  'funding_round',
  'leadership_change',
  'executive_hire',
  'new_executive',
  'new_leader',
]);

/**
 * Whether a kind of signal is a visit to our pages.
 *
 * @example isVisitKind('Page view'); // => true
 */
export function isVisitKind(kind: string): boolean {
  return visitKinds.has(slugText(kind));
}

/**
 * Whether a kind of signal is the account's own activity with us: not pain, not intent seen elsewhere, not news about it.
 *
 * @example isActivityKind('demo_request'); // => true
 * @example isActivityKind('job_post'); // => false
 */
export function isActivityKind(kind: string): boolean {
  return !isPainKind(kind) && !ofOthers.has(slugText(kind));
}

/**
 * Whether a kind of signal is intent that was seen elsewhere: on review sites, in job posts, in searches.
 *
 * @example isIntentKind('Review activity'); // => true
 */
export function isIntentKind(kind: string): boolean {
  return intentKinds.includes(slugText(kind));
}

/** Accounts that have something, and when the first of it was seen. */
interface Seen {
  accounts: number;
  from: Instant;
}

/** What a kind of signal counts towards, and when the account that is looked at first had one. */
interface KindSeen {
  names: readonly string[];
  triggers: readonly TriggerRule[];
  first: Instant | null;
}

/** Collects which kinds of signals a book has, account by account, as of an instant. */
export function createSignalSurvey(asOf: Instant): {
  add(history: Pick<AccountHistory, 'signals'>): void;
  finish(): { candidates: readonly Candidate[]; from: Instant | null };
} {
  const groups = new Map<string, Seen>();
  const saysWhatHurts = createHurtFinder();
  const kinds = new Map<string, KindSeen>();
  const lookUp = (kind: string): KindSeen => {
    let known = kinds.get(kind);
    if (known === undefined) {
      const names = [
        `kind:${kind}`,
        ...(isActivityKind(kind) ? ['activity'] : []),
        ...(isVisitKind(kind) ? ['visits'] : []),
      ];
      known = { names, triggers: triggerRules.filter((rule) => rule.ofKind(kind)), first: null };
      kinds.set(kind, known);
    }
    return known;
  };
  return {
    add({ signals }) {
      const first = new Map<string, Instant>();
      const see = (name: string, at: Instant): void => {
        const known = first.get(name);
        if (known === undefined || at < known) first.set(name, at);
      };
      const seen: KindSeen[] = [];
      for (const signal of signals) {
        const { observedAt } = signal;
        if (observedAt > asOf || isAnswerKind(signal.kind)) continue;
        const kind = lookUp(signal.kind);
        if (kind.first === null) seen.push(kind);
        if (kind.first === null || observedAt < kind.first) kind.first = observedAt;
        if (signal.text !== null && saysWhatHurts(signal)) see('words', observedAt);
        for (const rule of kind.triggers) if (rule.counts(signal)) see(`trigger:${rule.key}`, observedAt);
      }
      for (const kind of seen) {
        for (const name of kind.names) see(name, kind.first ?? asOf);
        kind.first = null;
      }
      for (const [name, at] of first) {
        const group = groups.get(name);
        if (group === undefined) groups.set(name, { accounts: 1, from: at });
        else {
          group.accounts++;
          group.from = Math.min(group.from, at);
        }
      }
    },
    finish() {
      const froms = [...groups.values()].map((seen) => seen.from);
      const from = froms.length === 0 ? null : froms.reduce((a, b) => Math.min(a, b));
      return { candidates: signalCandidates(groups), from };
    },
  };
}

function signalCandidates(groups: ReadonlyMap<string, Seen>): readonly Candidate[] {
  const kinds = [...groups]
    .filter(([name]) => name.startsWith('kind:'))
    .map(([name, seen]) => ({ kind: name.slice(5), seen }))
    .sort((a, b) => b.seen.accounts - a.seen.accounts || (a.kind < b.kind ? -1 : 1))
    .slice(0, mostKinds);
  const timing = { part: 'timing', field: 'signals' } as const;
  const candidates: Candidate[] = kinds.map(({ kind, seen }) => ({
    feature: {
      ...timing,
      key: `signal_${slugText(kind)}`,
      label: wordsOf(kind),
      layer: isPainKind(kind) ? 'pain' : 'behavioural',
      type: 'number',
      unit: 'fresh ones',
    },
    rule: { how: 'signal', kind, collectedFrom: seen.from },
    support: seen.accounts,
  }));
  const add = (group: string, make: (seen: Seen) => Omit<Candidate, 'support'>): void => {
    const seen = groups.get(group);
    if (seen !== undefined) candidates.push({ ...make(seen), support: seen.accounts });
  };
  const behavioural = { ...timing, layer: 'behavioural' } as const;
  add('activity', ({ from }) => ({
    feature: {
      ...behavioural,
      key: 'days_since_last_activity',
      label: 'Days since last activity',
      type: 'number',
      unit: 'days',
    },
    rule: { how: 'days since activity', collectedFrom: from },
  }));
  add('activity', ({ from }) => ({
    feature: {
      ...behavioural,
      key: 'buying_cycle_stage',
      label: 'Buying cycle stage',
      type: 'category',
      levels: buyingCycleStages,
    },
    rule: { how: 'buying cycle', collectedFrom: from },
  }));
  add('visits', ({ from }) => ({
    feature: {
      ...behavioural,
      key: 'engagement_intensity',
      label: 'Page views a day',
      type: 'number',
      unit: 'page views a day',
    },
    rule: { how: 'intensity', collectedFrom: from },
  }));
  add('words', ({ from }) => ({
    feature: { ...timing, layer: 'pain', key: 'pain_phrases', label: 'Phrases that say what hurts', type: 'number' },
    rule: { how: 'pain phrases', collectedFrom: from },
  }));
  for (const { key, label, layer } of triggerRules) {
    add(`trigger:${key}`, ({ from }) => ({
      feature: { ...timing, key: `trigger_${key}`, label, layer, type: 'flag' },
      rule: { how: 'trigger', trigger: key, collectedFrom: from },
    }));
  }
  return candidates;
}

/** The signal that happened later; the first of two at the same time. */
export function laterOf(a: Signal | null, b: Signal): Signal {
  return a === null || b.observedAt > a.observedAt ? b : a;
}
