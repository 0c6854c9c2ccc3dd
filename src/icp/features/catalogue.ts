import type { AccountHistory } from '../history.ts';
import { type Instant, layers, type TimeKind } from '../types.ts';
import { attributeCandidates, isMovingLayer } from './attribute-features.ts';
import { distinctName, foldText } from './clean-text.ts';
import type { FeatureCatalogue, FieldRule } from './feature-rule.ts';
import { createProfileBuilder, type FieldProfile, type ProfileBuilder } from './field-profile.ts';
import { growthPairs } from './known-fields.ts';
import { usualPainPhrases } from './pain-phrases.ts';
import { type Candidate, createSignalSurvey } from './signal-features.ts';
import { sizeBuckets } from './size-buckets.ts';
import { createStandingValues, isUnknown } from './standing-values.ts';

/** What is declared about a book, and how far its catalogue may go. */
export interface CatalogueOptions {
  fields: readonly FieldRule[];
  asOf: Instant;
  /** Absent: `dates`. */
  timeKind?: TimeKind;
  /** Most levels of a category, 100 when absent; rarer ones are `other`. */
  maxLevels?: number;
  /** Most features, 400 when absent; those known of the most accounts stay. */
  maxFeatures?: number;
  /** Words to look for in reviews and posts, in place of the usual list. */
  painPhrases?: readonly string[];
}

/** Takes accounts one by one, so that a large book need not be in memory. */
interface CatalogueBuilder {
  add(history: AccountHistory): void;
  finish(): FeatureCatalogue;
}

const derivedKeys = new Set<string>(['company_age', 'tech_complexity', ...growthPairs.map((pair) => pair.key)]);

/**
 * Reads off a book's accounts which features it has, as of a date.
 *
 * Counts each account once, by the values that stand as of the date, so the order of accounts and the number of rows behind
 * a value change nothing. What is known only at or after the close is in no catalogue.
 */
export function createCatalogueBuilder(options: CatalogueOptions): CatalogueBuilder {
  const { asOf, timeKind = 'dates', maxLevels = 100, maxFeatures = 400 } = options;
  const rules = new Map(options.fields.map((rule) => [rule.field, rule]));
  const standing = createStandingValues();
  const profiles: ProfileBuilder[] = [];
  const sayings = new Map(options.fields.filter(({ layer }) => isMovingLayer(layer)).map(({ field }) => [field, 0]));
  const survey = createSignalSurvey(asOf);
  let accounts = 0;
  let observedFrom: Instant | null = null;

  return {
    add(history) {
      accounts++;
      survey.add(history);
      standing.resolve(history.observations, asOf);
      for (const { observedAt, values } of history.observations) {
        if (observedAt === null || observedAt > asOf) continue;
        observedFrom = Math.min(observedFrom ?? observedAt, observedAt);
        for (const [field, said] of sayings) if (!isUnknown(values[field] ?? null)) sayings.set(field, said + 1);
      }
      for (let index = 0; index < standing.fields.length; index++) {
        const holder = standing.holders[index] ?? null;
        const field = standing.fields[index] ?? '';
        let profile = profiles[index];
        if (profile === undefined) {
          profile = createProfileBuilder(field === 'technologies' || rules.get(field)?.type === 'list');
          profiles[index] = profile;
        }
        const value = holder?.values[field] ?? null;
        if (holder !== null && !isUnknown(value)) profile.add(value, holder.observedAt !== null);
      }
    },
    finish() {
      const known = new Map<string, FieldProfile>();
      profiles.forEach((builder, index) => {
        const profile = builder.finish();
        if (profile.known > 0) known.set(standing.fields[index] ?? '', profile);
      });
      const attributes = attributeCandidates({ profiles: known, sayings, rules, accounts, timeKind, maxLevels });
      const signals = survey.finish();
      const chosen = choose([...attributes.candidates, ...signals.candidates], maxFeatures);
      const seen = [observedFrom, signals.from].filter((from) => from !== null);
      return {
        asOf,
        timeKind,
        features: chosen.map(({ feature }) => feature),
        rules: chosen.map(({ rule }) => rule),
        setAside: attributes.setAside,
        sizeBuckets,
        painPhrases: (options.painPhrases ?? usualPainPhrases).map(foldText),
        seenFrom: seen.length === 0 ? null : Math.min(...seen),
        accounts,
      };
    },
  };
}

/**
 * The catalogue of a book whose accounts are all at hand.
 *
 * @see `createCatalogueBuilder` for a book that comes in pieces
 */
export function buildCatalogue(histories: Iterable<AccountHistory>, options: CatalogueOptions): FeatureCatalogue {
  const builder = createCatalogueBuilder(options);
  for (const history of histories) builder.add(history);
  return builder.finish();
}

/** Gives every feature a key of its own, keeps the best supported ones, and puts them in layer order. */
function choose(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  const taken = new Set<string>();
  const named = [...candidates]
    .sort((a, b) => rankOf(a) - rankOf(b) || compare(a.feature.key, b.feature.key) || compare(sourceOf(a), sourceOf(b)))
    .map((candidate) => ({
      ...candidate,
      feature: { ...candidate.feature, key: distinctName(candidate.feature.key, taken) },
    }));
  return named
    .sort((a, b) => b.support - a.support || compare(a.feature.key, b.feature.key))
    .slice(0, most)
    .sort(
      (a, b) =>
        layers.indexOf(a.feature.layer) - layers.indexOf(b.feature.layer) || compare(a.feature.key, b.feature.key),
    );
}

/** Formulas of our own keep their names; a column that happens to have the same one gets the number behind it. */
function rankOf({ feature, rule }: Candidate): number {
  if (derivedKeys.has(feature.key) && rule.how !== 'value' && rule.how !== 'member') return 0;
  return rule.how === 'value' ? 2 : 1;
}

function sourceOf({ feature, rule }: Candidate): string {
  if (rule.how === 'member') return `${feature.field}\n${rule.member}`;
  return rule.how === 'signal' ? rule.kind : feature.field;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
