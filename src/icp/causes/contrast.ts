import { quantileCuts } from '../../stats/models/quantile-cuts.ts';
import { binLabel } from '../fit-labels.ts';
import type { Feature, FeatureValue } from '../types.ts';

/** Two kinds of accounts that one feature parts; `of` is `null` where nobody knows. */
export interface Contrast {
  with: string;
  without: string;
  of(value: FeatureValue): 0 | 1 | null;
}

const mostLevels = 6;

/**
 * The ways to part accounts by one feature, decided without a look at any outcome.
 *
 * A flag has one way, present against absent. A number has its lowest and its highest third against the rest, and none of it
 * against some where many have none. A category has each of its more common levels against all others. Whoever picks one of
 * several by its outcome must widen the interval for all of them.
 *
 * @param atLeast accounts that either side must have
 */
export function contrastsOf(feature: Feature, values: readonly FeatureValue[], atLeast: number): readonly Contrast[] {
  const found = candidates(feature, values);
  return found.filter((contrast) => {
    const count = [0, 0];
    for (const value of values) {
      const side = contrast.of(value);
      if (side !== null) count[side]! += 1;
    }
    return Math.min(...count) >= atLeast;
  });
}

function candidates(feature: Feature, values: readonly FeatureValue[]): readonly Contrast[] {
  switch (feature.type) {
    case 'flag':
      return [
        {
          with: binLabel(feature, { kind: 'is', values: ['present'] }, false),
          without: binLabel(feature, { kind: 'is', values: ['absent'] }, false),
          of: (value) => (value === null ? null : value === 'present' ? 1 : 0),
        },
      ];
    case 'category': {
      const counts = new Map<string, number>();
      for (const value of values) {
        if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostLevels);
      return common.map(([level]) => ({
        with: binLabel(feature, { kind: 'is', values: [level] }, false),
        without: `${feature.label} is anything else`,
        of: (value) => (value === null ? null : value === level ? 1 : 0),
      }));
    }
    case 'number': {
      const known = values.filter((value) => typeof value === 'number');
      if (known.length === 0) return [];
      const isNone = known.filter((value) => value === 0).length / known.length;
      const cuts = quantileCuts(known, 3).filter((cut) => cut !== 0 || isNone < 0.1);
      const above = (cut: number): Contrast => ({
        with: binLabel(feature, { kind: 'range', from: cut, to: null }, false),
        without: binLabel(feature, { kind: 'range', from: null, to: cut }, false),
        of: (value) => (typeof value !== 'number' ? null : value >= cut ? 1 : 0),
      });
      const some: Contrast[] =
        isNone >= 0.1 && known.every((value) => value >= 0)
          ? [
              {
                with: `${feature.label} above 0`,
                without: `${feature.label} is 0`,
                of: (value) => (typeof value !== 'number' ? null : value > 0 ? 1 : 0),
              },
            ]
          : [];
      return [...some, ...cuts.filter((cut) => cut > 0 || some.length === 0).map(above)];
    }
  }
}
