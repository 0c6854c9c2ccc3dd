import { quantileCuts } from '../../stats/models/quantile-cuts.ts';
import { otherBin, type SearchColumns, type SubgroupPart, unknownBin } from '../../stats/patterns/subgroup.ts';
import { binLabel } from '../fit-labels.ts';
import type { BinMatch } from '../model.ts';
import type { Feature, FeatureTable, FeatureValue } from '../types.ts';
import type { Condition } from './condition.ts';

/** What is searched for conditions: bins by number, with what each of them means. */
export interface ConditionTable extends SearchColumns {
  features: readonly Feature[];
  /** Per column: cuts of a number in ascending order, or the levels of a category or flag. */
  cuts: readonly (readonly number[])[];
  levels: readonly (readonly string[])[];
  wholeNumbers: readonly boolean[];
}

/** A level that fewer rows show than this is nobody's condition. */
const rareLevel = 10;
const mostLevels = 60;

/**
 * A table of features as columns of a few bins, to look for conditions in.
 *
 * Numbers are cut into groups of about equal size, a category has a bin a level. What is unknown, and rare levels, are in
 * no bin. No outcome is looked at.
 *
 * @param tails further cuts near either end of a number: what is new is often what hardly anybody is, such as two years old
 */
export function conditionTable(table: FeatureTable, groups = 10, tails: readonly number[] = []): ConditionTable {
  const kept: { feature: Feature; bins: Uint8Array; size: number; cuts: number[]; levels: string[]; whole: boolean }[] =
    [];
  for (const [at, feature] of table.features.entries()) {
    const column = table.columns[at] ?? [];
    const cuts = feature.type === 'number' ? cutsOf(numbersOf(column), groups, tails) : [];
    const levels = feature.type === 'number' ? [] : commonLevels(column);
    const size = feature.type === 'number' ? cuts.length + 1 : levels.length;
    if (size < 2) continue;
    const whole = column.every((value) => value === null || Number.isInteger(value));
    kept.push({ feature, bins: binsOf(column, cuts, levels), size, cuts, levels, whole });
  }
  return {
    features: kept.map(({ feature }) => feature),
    columns: kept.map(({ bins }) => bins),
    sizes: kept.map(({ size }) => size),
    ordered: kept.map(({ feature }) => feature.type === 'number'),
    cuts: kept.map(({ cuts }) => cuts),
    levels: kept.map(({ levels }) => levels),
    wholeNumbers: kept.map(({ whole }) => whole),
  };
}

/** What a part of a subgroup means, in words and as a match that any value can be held against. */
export function conditionOf(table: ConditionTable, { column, from, to }: SubgroupPart): Condition {
  const feature = table.features[column]!;
  const cuts = table.cuts[column]!;
  const match: BinMatch =
    feature.type === 'number'
      ? { kind: 'range', from: cuts[from - 1] ?? null, to: cuts[to] ?? null }
      : { kind: 'is', values: table.levels[column]!.slice(from, to + 1) };
  return {
    key: feature.key,
    field: feature.field,
    label: binLabel(feature, match, table.wholeNumbers[column]!),
    match,
  };
}

/** The field that each part is read from. */
export function fieldsOf({ features }: Pick<ConditionTable, 'features'>, parts: readonly SubgroupPart[]): string[] {
  return parts.map(({ column }) => features[column]!.field);
}

/** Cuts into groups of about equal size, and some that leave only so small a share of the values beyond them. */
function cutsOf(values: readonly number[], groups: number, tails: readonly number[]): number[] {
  const cuts = quantileCuts(values, groups);
  for (const share of tails) {
    const ends = quantileCuts(values, Math.round(1 / share));
    cuts.push(...ends.slice(0, 1), ...ends.slice(-1));
  }
  return [...new Set(cuts)].sort((a, b) => a - b);
}

function numbersOf(column: readonly FeatureValue[]): number[] {
  return column.filter((value) => typeof value === 'number');
}

function commonLevels(column: readonly FeatureValue[]): string[] {
  const counts = new Map<string, number>();
  for (const value of column) if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= rareLevel)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostLevels)
    .map(([level]) => level);
}

function binsOf(column: readonly FeatureValue[], cuts: readonly number[], levels: readonly string[]): Uint8Array {
  const place = new Map(levels.map((level, at) => [level, at]));
  const bins = new Uint8Array(column.length).fill(unknownBin);
  for (let row = 0; row < bins.length; row++) {
    const value = column[row] ?? null;
    if (value === null) continue;
    if (levels.length > 0) bins[row] = place.get(String(value)) ?? otherBin;
    else if (typeof value === 'number') {
      let bin = 0;
      while (bin < cuts.length && value >= cuts[bin]!) bin++;
      bins[row] = bin;
    }
  }
  return bins;
}
