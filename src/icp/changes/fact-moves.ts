import type { Criterion, IcpModel, ModelBin } from '../model.ts';
import type { Scored } from '../score-account.ts';
import type { FeatureValue } from '../types.ts';
import type { Changeable } from './changeable.ts';

/** One fact to change: from the bin that the account is in to another of the same criterion. */
export interface FactMove {
  /** The criterion. */
  key: string;
  field: string;
  /** The two bins in words. */
  from: string;
  to: string;
  /** The features to set, and to what. */
  values: Readonly<Record<string, FeatureValue>>;
  /** Points more, before caps and detractor. */
  points: number;
  /** Log-odds of leaving more. */
  churn: number;
}

/** For every criterion that can be changed, the changes worth trying: nothing else there gives more and scares less. */
export function factMoves(model: IcpModel, now: Scored, isChangeable: Changeable): FactMove[][] {
  return now.hits.flatMap(({ criterion, value, bin }) => {
    if (!isChangeable(criterion)) return [];
    const moves = criterion.bins.flatMap((other) => {
      if (other === bin) return [];
      const values = valuesFor(model, criterion, other, value);
      return values === null ? [] : [moveTo(criterion, bin, other, values)];
    });
    const worth = moves.filter((move) => move.points > 0 || move.churn < 0);
    const best = worth.filter(
      (move, nth) =>
        !worth.some((rival, at) => {
          const noWorse = rival.points >= move.points && rival.churn <= move.churn;
          const better = rival.points > move.points || rival.churn < move.churn;
          return noWorse && (better || at < nth);
        }),
    );
    return best.length === 0 ? [] : [best];
  });
}

function moveTo(
  criterion: Criterion,
  from: ModelBin | null,
  to: ModelBin,
  values: Readonly<Record<string, FeatureValue>>,
): FactMove {
  return {
    ...{ key: criterion.key, field: criterion.field },
    ...{ from: from?.label ?? `${criterion.label}: a value that the model has not met`, to: to.label, values },
    ...{ points: (to.points - (from?.points ?? 0)) / 10, churn: to.churn - (from?.churn ?? 0) },
  };
}

/** What to set so that an account is in a bin; `null` where no particular value would do. */
function valuesFor(
  model: IcpModel,
  { key }: Criterion,
  { match }: ModelBin,
  now: FeatureValue,
): Readonly<Record<string, FeatureValue>> | null {
  const derived = model.derived?.find((candidate) => candidate.key === key);
  if (derived !== undefined) {
    if (match.kind !== 'is' || !match.values.includes('present')) return null;
    return Object.fromEntries(derived.of.slice(0, derived.atLeast).map((name) => [name, 'present']));
  }
  switch (match.kind) {
    case 'is':
      return match.values[0] === undefined ? null : { [key]: match.values[0] };
    case 'range':
      return { [key]: nearest(match.from, match.to, typeof now === 'number' ? now : null) };
    case 'other':
    case 'unknown':
      return null;
  }
}

/** The value of a range that is nearest to the one there is, so that no more is asked for than is needed. */
function nearest(from: number | null, to: number | null, now: number | null): number {
  if (from !== null && (now === null || now < from || to === null)) return from;
  if (to === null) return now ?? 0;
  if (from === null) return to - 1;
  return to - 1 >= from ? to - 1 : (from + to) / 2;
}
