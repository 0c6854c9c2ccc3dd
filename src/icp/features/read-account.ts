import type { AccountHistory } from '../history.ts';
import type { Instant } from '../types.ts';
import type { ReadAccount } from '../weigh-account.ts';
import type { FeatureCatalogue } from './feature-rule.ts';
import { createFeatureReader } from './read-features.ts';

const nowhere = { value: null, observedAt: null, source: null };

/**
 * Gets a catalogue ready for reading accounts by the names of their features, as an explanation wants them.
 *
 * @param wanted names of the features to read, where no others matter, and no notes are taken; absent: all of them
 */
export function createAccountReader(
  catalogue: FeatureCatalogue,
  wanted?: ReadonlySet<string>,
): (history: AccountHistory, asOf: Instant) => ReadAccount {
  const { features, rules } = wanted === undefined ? catalogue : only(catalogue, wanted);
  const reader = createFeatureReader({ ...catalogue, features, rules });
  const indexOf = new Map(features.map(({ key }, index) => [key, index]));
  const collectsSignals = catalogue.features.some(({ part }) => part === 'timing');
  return (history, asOf) => {
    const { values, provenance, notes } = reader.read(history, asOf, { isQuiet: wanted !== undefined });
    return {
      value: (key) => values[indexOf.get(key) ?? -1] ?? null,
      provenance: (key) => provenance[indexOf.get(key) ?? -1] ?? nowhere,
      notes,
      collectsSignals,
    };
  };
}

function only({ features, rules }: FeatureCatalogue, wanted: ReadonlySet<string>) {
  const kept = features.map(({ key }) => wanted.has(key));
  return { features: features.filter((_, index) => kept[index]), rules: rules.filter((_, index) => kept[index]) };
}

/** One account read with a catalogue. */
export function readAccount(history: AccountHistory, catalogue: FeatureCatalogue, asOf: Instant): ReadAccount {
  return createAccountReader(catalogue)(history, asOf);
}
