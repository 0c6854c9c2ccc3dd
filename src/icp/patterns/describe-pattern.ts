import { rateOf } from '../rates.ts';
import { newSegmentId } from '../segments/keep-identity.ts';
import { describeSegment, nameSegment } from '../segments/name-segment.ts';
import { readableParts } from '../segments/readable-parts.ts';
import { type ConditionTable, conditionOf } from './search-columns.ts';
import type { FoundPattern } from './two-stage-search.ts';
import type { Pattern, PatternKind } from './types.ts';

/** The part of a pattern that every family has: what it is, how often it goes wrong, and how it held later. */
export function describePattern(
  kind: PatternKind,
  table: ConditionTable,
  outcome: Uint8Array,
  found: FoundPattern,
): Pick<Pattern, 'id' | 'kind' | 'name' | 'description' | 'conditions' | 'n' | 'rate' | 'overallRate' | 'heldOut'> {
  const conditions = readableParts(table, found.parts).map((part) => conditionOf(table, part));
  const hits = found.members.reduce((sum, row) => sum + outcome[row]!, 0);
  const all = outcome.reduce((sum, value) => sum + value, 0);
  const { later } = found;
  const nobody = { v: 0, low: 0, high: 1, n: 0 };
  return {
    id: newSegmentId([kind, ...conditions]).replace('seg', 'pat'),
    kind,
    name: nameSegment(conditions),
    description: describeSegment(conditions, false),
    conditions,
    n: found.members.length,
    rate: rateOf(hits, found.members.length) ?? nobody,
    overallRate: rateOf(all, outcome.length) ?? nobody,
    heldOut: {
      rate: rateOf(later.hits, later.n) ?? nobody,
      overall: rateOf(later.hits + later.otherHits, later.n + later.otherN) ?? nobody,
      pValue: later.pValue,
    },
  };
}
