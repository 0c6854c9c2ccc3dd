import type { ReadAccount } from '../explain.ts';
import type { AccountHistory } from '../history.ts';
import type { Instant } from '../types.ts';
import type { FeatureCatalogue } from './feature-rule.ts';
import { createFeatureReader } from './read-features.ts';

const nowhere = { value: null, observedAt: null, source: null };

/** Gets a catalogue ready for reading accounts by the names of their features, as an explanation wants them. */
export function createAccountReader(
  catalogue: FeatureCatalogue,
): (history: AccountHistory, asOf: Instant) => ReadAccount {
  const reader = createFeatureReader(catalogue);
  const indexOf = new Map(catalogue.features.map(({ key }, index) => [key, index]));
  const collectsSignals = catalogue.features.some(({ part }) => part === 'timing');
  return (history, asOf) => {
    const { values, provenance, notes } = reader.read(history, asOf);
    return {
      value: (key) => values[indexOf.get(key) ?? -1] ?? null,
      provenance: (key) => provenance[indexOf.get(key) ?? -1] ?? nowhere,
      notes,
      collectsSignals,
    };
  };
}

/** One account read with a catalogue. */
export function readAccount(history: AccountHistory, catalogue: FeatureCatalogue, asOf: Instant): ReadAccount {
  return createAccountReader(catalogue)(history, asOf);
}
