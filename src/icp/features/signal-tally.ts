import type { AccountHistory, Signal } from '../history.ts';
import { isAnswerKind } from '../outreach/answer-kinds.ts';
import { round } from '../round.ts';
import { ageInDays, type Freshness, freshnessOf, signalWeight } from '../staleness.ts';
import type { FeatureValue, Instant } from '../types.ts';
import { daysBetween } from './calendar.ts';
import type { FeatureCatalogue, FeatureRule } from './feature-rule.ts';
import { buyingCycleStage, engagementIntensity } from './formulas.ts';
import { type Mute, muteAt, mutesOf } from './muting.ts';
import { createHurtFinder, matchedPhrases } from './pain-phrases.ts';
import { remember } from './remember.ts';
import { isActivityKind, isVisitKind, laterOf } from './signal-features.ts';
import { type TriggerRule, triggerCount, triggerRules } from './triggers.ts';

const mostListed = 4;

/** What the signals of one kind add up to. */
interface KindTally {
  kind: string;
  freshness: Freshness;
  isActivity: boolean;
  isVisit: boolean;
  triggers: readonly TriggerTally[];
  sum: number;
  latest: Signal | null;
}

interface TriggerTally {
  rule: TriggerRule;
  count: number;
  latest: Signal | null;
}

/** Everything that the features of an account's signals are read off, as of one instant. */
export interface SignalTally {
  /** Counts the signals of an account anew; what was there before is gone. */
  count(history: AccountHistory, asOf: Instant): void;
  /** The value of a feature by its rule, and the latest signal that it rests on; `null` where nobody looked yet. */
  read(rule: FeatureRule): { value: FeatureValue; latest: Signal | null };
  /** Sentences about what was counted: what has expired, what is muted. */
  notes(): readonly string[];
}

/** Tallies the signals that a catalogue has features for. One object serves many accounts. */
export function createSignalTally(catalogue: FeatureCatalogue): SignalTally {
  const kinds = new Map<string, KindTally>();
  const triggers = new Map<string, TriggerTally>();
  for (const rule of catalogue.rules) {
    if (rule.how !== 'trigger') continue;
    const known = triggerRules.find(({ key }) => key === rule.trigger);
    if (known !== undefined) triggers.set(rule.trigger, { rule: known, count: 0, latest: null });
  }
  const readsPain = catalogue.rules.some((rule) => rule.how === 'pain phrases');
  const painLastsDays = freshnessOf('pain').expiresAfterDays;
  const phrases = new Set<string>();
  const saysWhatHurts = createHurtFinder();
  const phrasesOf = remember((text) => matchedPhrases(text, catalogue.painPhrases));
  let asOf: Instant = 0;
  let mutes: readonly Mute[] = [];
  const muted = new Map<Mute, number>();
  let lastActivity: Signal | null = null;
  let firstVisitAt: Instant | null = null;
  let visits = 0;
  let lastVisit: Signal | null = null;
  let lastWords: Signal | null = null;
  let lastTally: KindTally | undefined;

  const tallyOf = (kind: string): KindTally => {
    let tally = kinds.get(kind);
    if (tally === undefined) {
      tally = {
        kind,
        freshness: freshnessOf(kind),
        isActivity: isActivityKind(kind),
        isVisit: isVisitKind(kind),
        triggers: [...triggers.values()].filter(({ rule }) => rule.ofKind(kind)),
        sum: 0,
        latest: null,
      };
      kinds.set(kind, tally);
    }
    return tally;
  };

  const countOne = (signal: Signal): void => {
    if (signal.kind !== lastTally?.kind) lastTally = tallyOf(signal.kind);
    const tally = lastTally;
    tally.latest = laterOf(tally.latest, signal);
    tally.sum += (signal.value ?? 1) * signalWeight(signal, asOf, tally.freshness);
    if (tally.isActivity) lastActivity = laterOf(lastActivity, signal);
    if (tally.isVisit) {
      visits += signal.value ?? 1;
      lastVisit = laterOf(lastVisit, signal);
      if (firstVisitAt === null || signal.observedAt < firstVisitAt) firstVisitAt = signal.observedAt;
    }
    for (const trigger of tally.triggers) {
      const count = triggerCount(trigger.rule, signal, asOf);
      if (count === 0) continue;
      trigger.count += count;
      trigger.latest = laterOf(trigger.latest, signal);
    }
    if (readsPain && signal.text !== null && ageInDays(signal, asOf) <= painLastsDays && saysWhatHurts(signal)) {
      const found = phrasesOf(signal.text);
      for (const phrase of found) phrases.add(phrase);
      if (found.length > 0) lastWords = laterOf(lastWords, signal);
    }
  };

  return {
    count(history, at) {
      for (const tally of kinds.values()) {
        tally.sum = 0;
        tally.latest = null;
      }
      for (const trigger of triggers.values()) {
        trigger.count = 0;
        trigger.latest = null;
      }
      phrases.clear();
      asOf = at;
      mutes = mutesOf(history, at);
      muted.clear();
      lastActivity = null;
      firstVisitAt = null;
      visits = 0;
      lastVisit = null;
      lastWords = null;
      for (const signal of history.signals) {
        if (signal.observedAt > at || isAnswerKind(signal.kind)) continue;
        const mute = muteAt(mutes, signal.observedAt);
        if (mute === null) countOne(signal);
        else muted.set(mute, (muted.get(mute) ?? 0) + 1);
      }
    },
    read(rule) {
      if (!('collectedFrom' in rule) || asOf < rule.collectedFrom) return { value: null, latest: null };
      switch (rule.how) {
        case 'signal': {
          const tally = kinds.get(rule.kind);
          return { value: round(tally?.sum ?? 0, 6), latest: tally?.latest ?? null };
        }
        case 'trigger': {
          const trigger = triggers.get(rule.trigger);
          const fired = trigger !== undefined && trigger.count >= trigger.rule.threshold;
          return { value: fired ? 'present' : 'absent', latest: trigger?.latest ?? null };
        }
        case 'days since activity':
          return { value: lastActivity === null ? null : ageInDays(lastActivity, asOf), latest: lastActivity };
        case 'buying cycle': {
          const days = lastActivity === null ? null : ageInDays(lastActivity, asOf);
          return { value: buyingCycleStage(days), latest: lastActivity };
        }
        case 'intensity': {
          const days = firstVisitAt === null ? 0 : Math.floor(daysBetween(firstVisitAt, asOf));
          return { value: round(engagementIntensity(visits, days), 6), latest: lastVisit };
        }
        case 'pain phrases':
          return { value: phrases.size, latest: lastWords };
      }
    },
    notes() {
      const notes: string[] = [];
      const expired = [...kinds.values()]
        .flatMap(({ kind, latest, freshness }) => {
          const days = latest === null ? 0 : ageInDays(latest, asOf);
          return latest !== null && days > freshness.expiresAfterDays ? [{ kind, days }] : [];
        })
        .sort((a, b) => a.days - b.days || (a.kind < b.kind ? -1 : 1))
        .map(({ kind, days }) => `${kind} of ${days} days ago`);
      if (expired.length === 1) notes.push(`signal ${expired[0]} has expired`);
      if (expired.length > 1) notes.push(`signals have expired: ${shortList(expired)}`);
      for (const mute of mutes) {
        const n = muted.get(mute) ?? 0;
        if (n > 0) notes.push(`${n} ${n === 1 ? 'signal' : 'signals'} ${mute.reason}`);
      }
      return notes;
    },
  };
}

function shortList(items: readonly string[]): string {
  const more = items.length - mostListed;
  return `${items.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
