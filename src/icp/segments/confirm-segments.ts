import { refineSubgroup } from '../../stats/patterns/refine-subgroup.ts';
import { rowsOfSubgroup } from '../../stats/patterns/rows-of-subgroup.ts';
import type { Subgroup } from '../../stats/patterns/subgroup.ts';
import { sumRows } from '../../stats/patterns/sum-rows.ts';
import { createRandom } from '../../stats/random.ts';
import { holm } from '../../stats/tests/holm.ts';
import { normalTail } from '../../stats/tests/normal-tail.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { conditionTable } from '../patterns/search-columns.ts';
import { beyondConditions } from './beyond-conditions.ts';
import {
  type Candidate,
  clusterWon,
  findCandidates,
  overlap,
  type SegmentTable,
  searchOptions,
} from './find-candidates.ts';
import { memberRows } from './member.ts';
import { pointSpace, type Space } from './point-space.ts';
import { readableParts } from './readable-parts.ts';
import { type StageExcess, stageExcess } from './stage-excess.ts';

/** Under so many won accounts nothing is looked for. */
const fewestSearched = 60;
const level = 0.05;
/**
 * Conditions are looked for on criteria that weigh something, as noise has no segments and every one more makes chance finds likelier;
 * and on all tools and other marks, which may mean nothing at large and much in one kind of company.
 */
const leastWeight = 0.01;
const groups = 8;
/** Standard errors that a settled segment is above its conditions on all accounts. */
const settledAt = 3;

/** A candidate with what it did on the accounts that it was not found in. */
interface Confirmed extends Candidate {
  heldOut: { z: number; n: number; pValue: number };
  stability: number;
}

export interface FoundSegment extends Confirmed {
  members: Uint32Array;
}

export function confirmSegments(set: AnalysisSet): {
  found: FoundSegment[];
  table: SegmentTable;
  excess: StageExcess;
  points: Space;
  clusters: ReturnType<typeof clusterWon>;
  tested: number;
} | null {
  const { table: features } = set.training.fit;
  const excess = stageExcess(set);
  const wonRows = excess.rows.filter((row) => excess.won[row] === 1);
  if (wonRows.length < fewestSearched) return null;
  const random = createRandom(set.seed).fork('find segments');
  const table = segmentTable(set);
  const points = pointSpace(set.model, features);
  const order = Uint32Array.from(random.fork('halves').shuffle(Array.from(excess.rows)));
  const middle = order.length >> 1;
  const halves = [order.slice(0, middle).sort(), order.slice(middle).sort()] as const;
  const candidates = halves.map((half, at) => findCandidates(table, excess, points, half, random.fork(`half ${at}`)));
  const tests = candidates.flatMap((some, at) =>
    some.map((candidate) => {
      const { z, n, skew } = beyondConditions(table, excess, candidate.subgroup.parts, halves[1 - at]!);
      return { candidate, z, n, pValue: normalTail(z - (skew * Math.max(z * z - 1, 0)) / 6) };
    }),
  );
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  const confirmed = tests.flatMap((test, at): Confirmed[] => {
    if (adjusted[at]! > level) return [];
    const elsewhere = at < candidates[0]!.length ? candidates[1]! : candidates[0]!;
    return [
      {
        ...test.candidate,
        heldOut: { z: test.z, n: test.n, pValue: adjusted[at]! },
        stability: foundAgain(table, excess.rows, test.candidate.subgroup, elsewhere),
      },
    ];
  });
  const clusters = clusterWon(points, wonRows, random.fork('clusters'));
  return { found: settle(table, excess, confirmed), table, excess, points, clusters, tested: tests.length };
}

function foundAgain(table: SegmentTable, rows: Uint32Array, subgroup: Subgroup, others: readonly Candidate[]): number {
  const own = new Set(rowsOfSubgroup(table, subgroup.parts, rows));
  const overlaps = others.map((other) => overlap(own, new Set(rowsOfSubgroup(table, other.subgroup.parts, rows))));
  return Math.max(0, ...overlaps);
}

/** Settles the conditions on all rows, strongest first; what adds nothing beyond stronger ones is dropped. */
function settle(table: SegmentTable, excess: StageExcess, confirmed: readonly Confirmed[]): FoundSegment[] {
  const options = { ...searchOptions(table, excess.rows.length), mostParts: 5 };
  const all = Uint32Array.from(excess.won.keys());
  const settled: FoundSegment[] = [];
  let open = [...confirmed];
  let left = excess.rows;
  while (open.length > 0) {
    const refined = open
      .map((one) => {
        const subgroup = refineSubgroup(table, excess.scores, left, one.subgroup, options);
        return { ...one, subgroup: { ...subgroup, parts: readableParts(table, subgroup.parts) } };
      })
      .sort((a, b) => b.subgroup.quality - a.subgroup.quality);
    const best = refined[0]!;
    if (best.subgroup.quality < settledAt) break;
    const members = memberRows(table, best.subgroup.parts, all);
    const inside = new Set(members);
    settled.push({ ...best, members });
    left = left.filter((row) => !inside.has(row));
    open = open.filter((one) => {
      const own = rowsOfSubgroup(table, one.subgroup.parts, excess.rows);
      const outside = own.filter((row) => !inside.has(row));
      return outside.length > own.length / 2 && sumRows(outside, excess.scores).z >= 1.5;
    });
  }
  return settled;
}

/** What is looked at: criteria that weigh something, and whatever a company has or lacks. */
function segmentTable({ model, training }: AnalysisSet): SegmentTable {
  const { table } = training.fit;
  const weights = new Map(model.criteria.map(({ key, weight }) => [key, weight]));
  const weighs = ({ key }: { key: string }): boolean => (weights.get(key) ?? 0) >= leastWeight;
  const kept = [...table.features.keys()].filter(
    (at) => weighs(table.features[at]!) || table.features[at]!.type === 'flag',
  );
  const conditions = conditionTable(
    {
      features: kept.map((at) => table.features[at]!),
      accountIds: table.accountIds,
      columns: kept.map((at) => table.columns[at]!),
    },
    groups,
  );
  return { ...conditions, opens: conditions.features.map(weighs) };
}
