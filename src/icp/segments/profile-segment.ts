import { silhouettes } from '../../stats/clusters/silhouette.ts';
import { fisherExact } from '../../stats/tests/fisher-exact.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { type ConditionTable, conditionOf } from '../patterns/search-columns.ts';
import { meanOf, rateOf } from '../rates.ts';
import type { Rate } from '../types.ts';
import type { FoundSegment } from './confirm-segments.ts';
import { newSegmentId } from './keep-identity.ts';
import { describeSegment, nameSegment } from './name-segment.ts';
import { type Space, space } from './point-space.ts';
import { bestAngle, segmentTraits } from './segment-traits.ts';
import type { StageExcess } from './stage-excess.ts';
import type { Segment } from './types.ts';

/** Fewer won accounts than this make no segment that anybody should act on. */
export const fewestWon = 12;
const settledWon = 30;
const mostSampled = 200;

export interface ProfileContext {
  set: AnalysisSet;
  table: ConditionTable;
  excess: StageExcess;
  points: Space;
  facts: readonly (AccountFacts | undefined)[];
}

/** Everything that is shown of a segment, counted over all touched members: whoever did not buy is in every rate. */
export function profileSegment(context: ProfileContext, found: FoundSegment): Segment {
  const { set, table, excess, facts } = context;
  const { fit } = set.training;
  const touched = Uint32Array.from(excess.won.keys());
  const isMember = new Uint8Array(touched.length);
  for (const row of found.members) isMember[row] = 1;
  const won = found.members.filter((row) => excess.won[row] === 1);
  const conditions = found.subgroup.parts.map((part) => conditionOf(table, part));
  const traits = segmentTraits(table, found.subgroup.parts, won, touched);
  const name = nameSegment(conditions);
  const churnRate = knownRate(fit.churned, found.members);
  const warnings = leavesMore(set.training, found.members)
    ? ['its customers leave after use more often than others']
    : [];
  const provisional = won.length < settledWon || set.model.standing !== 'full';
  return {
    id: newSegmentId(conditions),
    name,
    description: describeSegment(conditions),
    namedBy: 'template',
    conditions,
    members: Array.from(found.members, (row) => fit.table.accountIds[row]!),
    foundBy: [found.foundBy],
    traits,
    touched: found.members.length,
    won: won.length,
    winRate: knownRate(fit.reached.won, found.members),
    overallWinRate: knownRate(fit.reached.won, touched),
    lift: liftOf(excess, found.members, won.length),
    heldOut: found.heldOut,
    acv: meanOf([...won].flatMap((row) => firstAmount(facts[row]))),
    averageAcv: meanOf([...touched.filter((row) => excess.won[row] === 1)].flatMap((row) => firstAmount(facts[row]))),
    expansionRate: knownRate(ofCustomers(fit.reached.expanded, excess), found.members),
    overallExpansionRate: knownRate(ofCustomers(fit.reached.expanded, excess), touched),
    churnRate,
    overallChurnRate: knownRate(fit.churned, touched),
    bestAngle: bestAngle(table, traits),
    silhouette: silhouetteOf(context, won, isMember),
    stability: found.stability,
    provisional,
    warnings: provisional ? [`rests on ${won.length} won accounts`, ...warnings] : warnings,
  };
}

/** Whether customers of a segment leave more often than others, beyond chance. */
export function leavesMore({ fit }: AnalysisSet['training'], members: Uint32Array): boolean {
  const inside = new Set(members);
  const counts = { in: [0, 0], out: [0, 0] };
  for (const [row, left] of fit.churned.entries()) {
    if (left === null) continue;
    const side = inside.has(row) ? counts.in : counts.out;
    side[0]! += left;
    side[1]! += 1;
  }
  const [hits, size] = counts.in;
  const [otherHits, otherSize] = counts.out;
  if (size === 0 || otherSize === 0) return false;
  return hits! / size! > otherHits! / otherSize! && fisherExact(hits!, size!, otherHits!, otherSize!) <= 0.05;
}

/**
 * Whether a segment is worth the while even so: of the customers that it wins beyond expectation, enough stay.
 *
 * It is when wins times the share that stays, both against everybody's, come to more than one.
 */
export function staysWorthIt({ set, excess }: Pick<ProfileContext, 'set' | 'excess'>, members: Uint32Array): boolean {
  const everybody = Uint32Array.from(excess.won.keys());
  const stays = (rows: Uint32Array): number => 1 - (knownRate(set.training.fit.churned, rows)?.v ?? 0);
  const won = members.filter((row) => excess.won[row] === 1).length;
  return liftOf(excess, members, won).v * stays(members) > stays(everybody);
}

function knownRate(outcomes: readonly (0 | 1 | null)[], rows: Uint32Array): Rate | null {
  let hits = 0;
  let n = 0;
  for (const row of rows) {
    const outcome = outcomes[row] ?? null;
    if (outcome === null) continue;
    n++;
    hits += outcome;
  }
  return rateOf(hits, n);
}

function ofCustomers(outcomes: readonly (0 | 1 | null)[], { won }: StageExcess): (0 | 1 | null)[] {
  return outcomes.map((outcome, row) => (won[row] === 1 ? outcome : null));
}

function liftOf({ expectedWin }: StageExcess, members: Uint32Array, won: number): Rate {
  const expected = members.reduce((sum, row) => sum + expectedWin[row]!, 0);
  const rate = rateOf(won, members.length);
  if (rate === null || expected === 0) return { v: 1, low: 0, high: 1, n: members.length };
  const scale = members.length / expected;
  return { v: rate.v * scale, low: rate.low * scale, high: rate.high * scale, n: rate.n };
}

/** What the first purchase was worth, where it is known. */
export function firstAmount(facts: AccountFacts | undefined): number[] {
  const deal = facts?.deals
    .filter(({ outcome, type, amount }) => outcome === 'won' && type === 'new' && amount !== null)
    .toSorted((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0))[0];
  const amount = deal?.amount ?? facts?.customers[0]?.arr ?? null;
  return amount === null ? [] : [amount];
}

function silhouetteOf({ points, excess }: ProfileContext, won: Uint32Array, isMember: Uint8Array): number | null {
  const others = Uint32Array.from(isMember.keys()).filter((row) => excess.won[row] === 1 && isMember[row] === 0);
  if (won.length < 2 || others.length < 2) return null;
  const thin = (rows: Uint32Array) => {
    const step = Math.ceil(rows.length / mostSampled);
    return rows.filter((_, at) => at % step === 0);
  };
  const [own, other] = [thin(won), thin(others)];
  const values = silhouettes(
    [...space(points, own), ...space(points, other)],
    [...own.keys(), ...other.keys()].map((_, at) => (at < own.length ? 1 : 0)),
  );
  return values.slice(0, own.length).reduce((sum, value) => sum + value, 0) / own.length;
}
