import type { CausalVerdict, Criterion } from '../model.ts';
import type { Part, Rate } from '../types.ts';
import type { ModelChange } from './model-change.ts';

/** What the data say of a change: cause or company, and how often the accounts that it is about were won. */
export interface Evidence {
  /** `null` for what no cause was looked for in. */
  causal: CausalVerdict | null;
  /** For a criterion the bins that give most and least; for an anti-pattern those that match. What a rate is of hangs on the part. */
  won: readonly { of: string; part: Part; rate: Rate }[];
}

/** What a line of a proposal stands on, as the analysis counted it; `null` for changes that are no kind of accounts. */
export function evidenceOf(change: ModelChange): Evidence | null {
  switch (change.kind) {
    case 'criterion added':
    case 'criterion re-weighted':
      return evidenceOfCriterion(change.criterion);
    case 'criterion dropped':
      return evidenceOfCriterion(change.before);
    case 'anti-pattern added':
    case 'anti-pattern altered':
      return {
        causal: null,
        won: change.rule.winRate === null ? [] : [{ of: 'those that match', part: 'fit', rate: change.rule.winRate }],
      };
    default:
      return null;
  }
}

function evidenceOfCriterion({ causal, part, bins }: Criterion): Evidence {
  const rated = bins
    .toSorted((a, b) => b.points - a.points)
    .flatMap(({ label, rate }) => (rate === null ? [] : [{ of: label, part, rate }]));
  return { causal, won: rated.length < 2 ? rated : [rated[0]!, rated.at(-1)!] };
}
