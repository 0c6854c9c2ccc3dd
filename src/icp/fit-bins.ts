import { quantileCuts } from '../stats/models/quantile-cuts.ts';
import type { BinMatch } from './model.ts';
import type { Feature, FeatureTable, FeatureValue } from './types.ts';

/** A feature with the bins that it is read by. */
export interface BinnedFeature {
  feature: Feature;
  matches: readonly BinMatch[];
  /** How many leading bins are ranges in ascending order; 0 for categories and flags. */
  ordered: number;
}

/** A level or flag value that fewer rows show than this is pooled into `other`. */
const rareLevel = 10;
const mostLevels = 60;

/**
 * Chooses the bins of every feature from the rows that a model is fitted on; no outcome is looked at.
 *
 * Numbers are cut at quantiles (up to `maxBins`), a category keeps the levels that at least 10 rows show, unknown is a
 * bin of its own where it occurs. A column that says the same about every row, known or not, gets no entry: it cannot
 * influence anything.
 */
export function binFeatures(table: FeatureTable, maxBins = 40): BinnedFeature[] {
  return table.features.flatMap((feature, at) => {
    const column = table.columns[at] ?? [];
    const known = column.filter((value) => value !== null);
    const matches = feature.type === 'number' ? ranges(known, maxBins) : levels(known, feature);
    const ordered = feature.type === 'number' ? matches.length : 0;
    if (known.length < column.length) matches.push({ kind: 'unknown' });
    return known.length === 0 || matches.length < 2 ? [] : [{ feature, matches, ordered }];
  });
}

function ranges(known: readonly FeatureValue[], maxBins: number): BinMatch[] {
  const numbers = known.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return [];
  const bins = Math.min(maxBins, Math.max(2, Math.round(Math.sqrt(numbers.length) / 2)));
  const cuts = quantileCuts(numbers, bins);
  const edges = [null, ...cuts, null];
  return edges.slice(1).map((to, at) => ({ kind: 'range', from: edges[at] ?? null, to }));
}

function levels(known: readonly FeatureValue[], feature: Feature): BinMatch[] {
  const values = new Map<FeatureValue, number>();
  for (const value of known) values.set(value, (values.get(value) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [value, count] of values) {
    const level = String(value);
    const named = feature.levels === undefined || feature.levels.includes(level) ? level : '';
    counts.set(named, (counts.get(named) ?? 0) + count);
  }
  const isRare = ([level, count]: [string, number], place: number): boolean =>
    level === '' || place >= mostLevels || (count < rareLevel && feature.type === 'category');
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const kept = byCount.filter((entry, place) => !isRare(entry, place));
  const matches: BinMatch[] = kept.map(([level]) => ({ kind: 'is', values: [level] }));
  if (kept.length < byCount.length) matches.push({ kind: 'other' });
  return matches;
}

/**
 * The bin that a value falls into, or -1 for none: a value in no bin adds nothing.
 *
 * @example binOf([{ kind: 'range', from: null, to: 50 }, { kind: 'range', from: 50, to: null }], 50); // => 1
 */
export function binOf(matches: readonly BinMatch[], value: FeatureValue): number {
  let fallback = -1;
  for (const [at, match] of matches.entries()) {
    if (match.kind === 'unknown') {
      if (value === null) return at;
    } else if (match.kind === 'range') {
      if (typeof value !== 'number') continue;
      if ((match.from === null || value >= match.from) && (match.to === null || value < match.to)) return at;
    } else if (match.kind === 'is') {
      if (value !== null && match.values.includes(String(value))) return at;
    } else if (value !== null) fallback = at;
  }
  return fallback;
}

/** The bin of every row for every binned feature, -1 for none; a feature that the table lacks has none anywhere. */
export function binRows(
  table: FeatureTable,
  binned: readonly { feature: Pick<Feature, 'key'>; matches: readonly BinMatch[] }[],
): Int16Array[] {
  const rows = table.accountIds.length;
  const place = new Map(table.features.map((feature, at) => [feature.key, at]));
  return binned.map(({ feature, matches }) => {
    const at = place.get(feature.key);
    const column = at === undefined ? undefined : table.columns[at];
    const bins = new Int16Array(rows).fill(-1);
    if (column === undefined) return bins;
    const seen = new Map<FeatureValue, number>();
    const edges = edgesOf(matches);
    for (let row = 0; row < rows; row++) {
      const value = column[row];
      if (value === undefined) continue;
      if (typeof value === 'number' && edges.length > 0) {
        bins[row] = rangeOf(edges, value);
        continue;
      }
      let bin = seen.get(value);
      if (bin === undefined) {
        bin = binOf(matches, value);
        seen.set(value, bin);
      }
      bins[row] = bin;
    }
    return bins;
  });
}

/** Where each range after the first begins, if the matches begin with ranges that leave no gap and no end. */
function edgesOf(matches: readonly BinMatch[]): number[] {
  const ranges = matches.filter((match) => match.kind === 'range');
  const edges = ranges.slice(1).map(({ from }) => from ?? Number.NaN);
  const whole = ranges.every(({ from, to }, at) => from === (edges[at - 1] ?? null) && to === (edges[at] ?? null));
  return whole && matches[0]?.kind === 'range' ? edges : [];
}

function rangeOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
