import type { AccountHistory, Observation } from '../history.ts';
import type { FeatureValue, FieldValue, Instant, Part } from '../types.ts';
import { attributeReader, holderOf } from './attribute-values.ts';
import type { FeatureCatalogue } from './feature-rule.ts';
import { createMemberFlags, type MemberFlags } from './member-flags.ts';
import { createSignalTally } from './signal-tally.ts';
import { createStandingValues, type StandingValues } from './standing-values.ts';

/** Where a value came from: as the source wrote it, when it was true there, and which source. */
interface Provenance {
  value: FieldValue;
  observedAt: Instant | null;
  source: string | null;
}

/** An account's features as of an instant; `values[i]` and `provenance[i]` belong to `catalogue.features[i]`. */
export interface FeatureReading {
  values: readonly FeatureValue[];
  provenance: readonly Provenance[];
  /** Sentences a person should read with the values: what expired, what is muted, where sources disagree. */
  notes: readonly string[];
}

/** Reads many accounts with one catalogue. */
export interface FeatureReader {
  /** `isQuiet`: nobody will read the notes, so there are none. */
  read(history: AccountHistory, asOf: Instant, how?: { isQuiet?: boolean }): FeatureReading;
  /** The values only, of one part or of both, in the order of the catalogue. */
  values(history: AccountHistory, asOf: Instant, part?: Part): FeatureValue[];
}

interface Step {
  part: Part;
  value(asOf: Instant): FeatureValue;
  provenance(value: FeatureValue): Provenance;
}

/**
 * Gets a catalogue ready for reading many accounts.
 *
 * Nothing dated after `asOf` changes a value. What has no date can be read at any time. Unknown is `null`.
 */
export function createFeatureReader(catalogue: FeatureCatalogue): FeatureReader {
  const standing = createStandingValues(fieldsOf(catalogue));
  const tally = createSignalTally(catalogue);
  const lists = new Map<string, MemberFlags>();
  const steps = catalogue.features.map((feature, index): Step => {
    const rule = catalogue.rules[index] ?? { how: 'value' };
    const { part } = feature;
    if (rule.how === 'member') {
      const list = lists.get(feature.field) ?? createMemberFlags(feature.field, standing);
      lists.set(feature.field, list);
      const saying = () => list.read(rule.member, rule.column);
      return {
        part,
        value: () => saying().value,
        provenance: () => {
          const { raw, observedAt, source } = saying();
          return { value: raw, observedAt, source };
        },
      };
    }
    const attribute = attributeReader(feature, rule, standing, catalogue.sizeBuckets);
    if (attribute !== null) {
      const others = rule.how === 'growth' ? [rule.before] : rule.how === 'tools for size' ? [rule.size] : [];
      const isRaw = rule.how === 'value' || rule.how === 'years since';
      return {
        part,
        value: attribute,
        provenance: (value) => attributeProvenance(standing, [feature.field, ...others], isRaw ? undefined : value),
      };
    }
    return {
      part,
      value: () => tally.read(rule).value,
      provenance: (value) => {
        const { latest } = tally.read(rule);
        return { value, observedAt: latest?.observedAt ?? null, source: latest?.source ?? null };
      },
    };
  });
  const readsSignals = catalogue.features.some((feature) => feature.field === 'signals');
  const readsFields = (part: Part | undefined): boolean =>
    catalogue.features.some((feature) => feature.field !== 'signals' && (part === undefined || feature.part === part));
  const needsFields = { fit: readsFields('fit'), timing: readsFields('timing'), both: readsFields(undefined) };

  const look = (history: AccountHistory, asOf: Instant, part: Part | undefined): void => {
    if (needsFields[part ?? 'both']) {
      standing.resolve(history.observations, asOf);
      for (const list of lists.values()) list.look(history, asOf);
    }
    if (readsSignals && part !== 'fit') tally.count(history, asOf);
  };

  const stepsOf = {
    fit: steps.filter(({ part }) => part === 'fit'),
    timing: steps.filter(({ part }) => part === 'timing'),
    both: steps,
  };

  return {
    read(history, asOf, { isQuiet = false } = {}) {
      look(history, asOf, undefined);
      const values = steps.map((step) => step.value(asOf));
      const provenance = steps.map((step, index) => step.provenance(values[index] ?? null));
      return {
        values,
        provenance,
        notes: isQuiet ? [] : [...conflicts(standing), ...(readsSignals ? tally.notes() : [])],
      };
    },
    values(history, asOf, part) {
      look(history, asOf, part);
      // Rows are kept by the hundred thousand: an array that grew would keep twice the room.
      return stepsOf[part ?? 'both'].map((step) => step.value(asOf));
    },
  };
}

/**
 * An account's features as of an instant, with where they came from.
 *
 * @see `createFeatureReader` for reading many accounts
 */
export function readFeatures(history: AccountHistory, catalogue: FeatureCatalogue, asOf: Instant): FeatureReading {
  return createFeatureReader(catalogue).read(history, asOf);
}

function fieldsOf({ features, rules }: FeatureCatalogue): readonly string[] {
  const fields = new Set<string>();
  features.forEach((feature, index) => {
    const rule = rules[index];
    if (feature.field !== 'signals') fields.add(feature.field);
    if (rule?.how === 'growth') fields.add(rule.before);
    if (rule?.how === 'tools for size') fields.add(rule.size);
    if (rule?.how === 'member' && rule.column !== null) fields.add(rule.column);
  });
  return [...fields];
}

/** A derived value rests on several fields: it is as old as the oldest of them, and names each source once. */
function attributeProvenance(
  standing: StandingValues,
  fields: readonly string[],
  derived: FeatureValue | undefined,
): Provenance {
  const holders = fields.map((field) => holderOf(standing, field)).filter((holder) => holder !== null);
  const [first] = holders;
  if (first === undefined || derived === null) return { value: null, observedAt: null, source: null };
  const dates = holders.map((holder) => holder.observedAt).filter((at) => at !== null);
  return {
    value: derived ?? first.values[fields[0] ?? ''] ?? null,
    observedAt: dates.length === 0 ? null : Math.min(...dates),
    source: [...new Set(holders.map((holder) => holder.source))].join(', '),
  };
}

function conflicts(standing: StandingValues): readonly string[] {
  const notes: string[] = [];
  standing.fields.forEach((field, index) => {
    const holder = standing.holders[index] ?? null;
    const rival = standing.rivals[index] ?? null;
    if (holder === null || rival === null) return;
    const said = ({ values, source }: Observation): string => `${String(values[field])} (${source})`;
    notes.push(`two sources disagree on ${field}: ${said(holder)}, ${said(rival)}`);
  });
  return notes.sort();
}
