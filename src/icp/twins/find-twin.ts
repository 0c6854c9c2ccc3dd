import type { ModelBin } from '../model.ts';
import { round } from '../round.ts';
import type { Place } from './place-of.ts';

/** What two accounts are compared by: points of the fit, or log-odds of churning after use. */
export type TwinSpace = 'points' | 'churn';

/** A trait that both have, with what it adds for each of them. */
export interface SharedTrait {
  label: string;
  adds: number;
}

/** A trait in which they differ. */
export interface DifferingTrait {
  criterion: string;
  own: string;
  twins: string;
  /** Own minus the twin's. */
  difference: number;
}

export interface Twin {
  id: string;
  name: string;
  /** When it bought more, or left. */
  on: string;
  /** Root of the sum over criteria of squared differences: in points, or in log-odds. */
  distance: number;
  shared: readonly SharedTrait[];
  differing: readonly DifferingTrait[];
}

export interface Candidate {
  id: string;
  name: string;
  on: string;
  place: Place;
}

const mostTraits = 4;
/** A trait that adds less than this is no news: half a point, or a twentieth of a logit. */
const least: Readonly<Record<TwinSpace, number>> = { points: 0.5, churn: 0.05 };

/** What a bin adds: points, or log-odds of churning after use; nothing for a value in no bin. */
export function addsOf(bin: ModelBin | null, space: TwinSpace): number {
  if (bin === null) return 0;
  return space === 'points' ? bin.points / 10 : bin.churn / 1000;
}

/** How far apart two accounts lie, over all fit criteria. */
export function distanceBetween(a: Place, b: Place, space: TwinSpace): number {
  let sum = 0;
  for (const [at, { bin }] of a.hits.entries()) {
    sum += (addsOf(bin, space) - addsOf(b.hits[at]?.bin ?? null, space)) ** 2;
  }
  return Math.sqrt(sum);
}

/** The candidates by their distance, the nearest first; of two alike, the one whose id comes first. */
export function byDistance(
  place: Place,
  candidates: readonly Candidate[],
  space: TwinSpace,
): { candidate: Candidate; distance: number }[] {
  return candidates
    .map((candidate) => ({ candidate, distance: distanceBetween(place, candidate.place, space) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate.id < b.candidate.id ? -1 : 1));
}

/** A candidate as a twin: what both have that counts, and where they differ most. */
export function describeTwin(place: Place, candidate: Candidate, distance: number, space: TwinSpace): Twin {
  const pairs = place.hits.map(({ criterion, bin }, at) => {
    const other = candidate.place.hits[at]?.bin ?? null;
    return { criterion, bin, other, own: addsOf(bin, space), twins: addsOf(other, space) };
  });
  const shared = pairs
    .filter(
      ({ bin, other, own }) => bin !== null && bin === other && bin.match.kind !== 'unknown' && own >= least[space],
    )
    .sort((a, b) => b.own - a.own || (a.criterion.key < b.criterion.key ? -1 : 1))
    .slice(0, mostTraits)
    .map(({ bin, own }) => ({ label: bin?.label ?? '', adds: round(own, 3) }));
  const differing = pairs
    .filter(({ own, twins }) => Math.abs(own - twins) >= least[space])
    .sort(
      (a, b) => Math.abs(b.own - b.twins) - Math.abs(a.own - a.twins) || (a.criterion.key < b.criterion.key ? -1 : 1),
    )
    .slice(0, mostTraits)
    .map(({ criterion, bin, other, own, twins }) => ({
      criterion: criterion.label,
      own: bin?.label ?? 'a value that the table does not have',
      twins: other?.label ?? 'a value that the table does not have',
      difference: round(own - twins, 3),
    }));
  const { id, name, on } = candidate;
  return { id, name, on, distance: round(distance, 3), shared, differing };
}

/** What raises the odds of churning after use most, strongest first. */
export function churnReasons({ hits }: Place, most: number): SharedTrait[] {
  return hits
    .map(({ criterion, bin }) => ({ key: criterion.key, label: bin?.label ?? '', adds: addsOf(bin, 'churn') }))
    .filter(({ adds }) => adds >= least.churn)
    .sort((a, b) => b.adds - a.adds || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ label, adds }) => ({ label, adds: round(adds, 3) }));
}
