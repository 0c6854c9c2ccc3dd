import type { Suspect } from '../training-set.ts';
import type { Feature, FeatureType, Instant, Layer, TimeKind } from '../types.ts';
import type { SizeBucket } from './size-buckets.ts';

/** What a source declares about a field: where it belongs, how to read it, and why it is left out, if it is. */
export interface FieldRule {
  field: string;
  layer: Layer;
  /** `undefined`: read off the data. */
  type: FeatureType | 'list' | undefined;
  leftOut: string | null;
  label?: string;
}

/** How a feature is read off a history. The feature itself says of which field. */
export type FeatureRule =
  | { how: 'value' }
  /** Present when the list names the member, or `column`, a field of its own, says so. */
  | { how: 'member'; member: string; column: string | null }
  | { how: 'years since' }
  | { how: 'growth'; before: string }
  | { how: 'tools for size'; size: string }
  /** Signals of a kind, faded by age and added up. Before `collectedFrom` nobody looked: unknown, not none. */
  | { how: 'signal'; kind: string; collectedFrom: Instant }
  | { how: 'trigger'; trigger: string; collectedFrom: Instant }
  | { how: 'days since activity'; collectedFrom: Instant }
  | { how: 'buying cycle'; collectedFrom: Instant }
  | { how: 'intensity'; collectedFrom: Instant }
  | { how: 'pain phrases'; collectedFrom: Instant };

/** What features a book has and how each is read: plain data, to be stored beside the model that was fitted on it. */
export interface FeatureCatalogue {
  asOf: Instant;
  timeKind: TimeKind;
  features: readonly Feature[];
  /** `rules[i]` reads `features[i]`. */
  rules: readonly FeatureRule[];
  /** Fields that became no feature, and why. */
  setAside: readonly Suspect[];
  sizeBuckets: readonly SizeBucket[];
  painPhrases: readonly string[];
  /** The first dated thing that the book knows of any account; `null` where nothing is dated. */
  seenFrom: Instant | null;
  /** Accounts that it was read off. */
  accounts: number;
}
