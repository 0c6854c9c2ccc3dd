import type { ClaimedPattern, FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, type Invention, lineFor } from './grade.ts';
import { trueFields } from './true-fields.ts';
import type { Truth } from './truth.ts';

/** A pattern counts when it names so many of the planted conditions. */
const leastConditions = 2;

/** Grades the planted loss pattern by the conditions that were claimed. */
export function gradePatterns(truth: Truth, { lossPatterns }: FindingsToGrade): GradeLine[] {
  const { losses } = truth;
  if (losses === null) return [];
  const fields = losses.conditions.map(({ field }) => field);
  return [
    lineFor({ kind: 'losses', what: losses.name }, lossPatterns, (patterns) => {
      let best: { pattern: ClaimedPattern; named: number } | null = null;
      for (const pattern of patterns) {
        const named = fields.filter((field) =>
          pattern.conditions.some((condition) => isAbout(condition, field)),
        ).length;
        if (best === null || named > best.named) best = { pattern, named };
      }
      if (best === null) return { found: false, evidence: 'none was claimed' };
      const { pattern, named } = best;
      return {
        found: named >= leastConditions,
        evidence: `"${pattern.name}" names ${named} of its ${fields.length} conditions`,
      };
    }),
  ];
}

/** Patterns none of whose conditions has anything to do with what they are said to do. */
export function inventedPatterns(
  truth: Truth,
  { lossPatterns = [], churnPatterns = [], antiPatterns = [] }: FindingsToGrade,
): Invention[] {
  const invented = (
    family: 'loss patterns' | 'churn patterns',
    patterns: readonly ClaimedPattern[],
    is: ReturnType<typeof trueFields>,
  ): Invention[] =>
    patterns
      .filter(({ conditions }) => !conditions.some(is))
      .map(({ name, conditions }) => ({
        ...{ family, what: name },
        evidence: `none of ${conditions.map(({ label }) => label).join(', ')} does anything`,
      }));
  return [
    ...invented('loss patterns', lossPatterns, trueFields(truth, 'winning')),
    ...invented('churn patterns', churnPatterns, trueFields(truth, 'leaving')),
    ...(hasEffects(truth) ? [] : antiPatterns.filter(({ kind }) => kind === 'low win rate')).map(
      ({ name }): Invention => ({ family: 'anti-patterns', what: name, evidence: 'nothing moves who is won' }),
    ),
  ];
}

/**
 * Whether anything moves who is won. An anti-pattern says who is hardly ever won, not why: what only goes along with a true
 * effect, as funding does with growth, makes a true one. So any is invented only where there is no effect at all.
 */
function hasEffects({ effects, segments, drift, emerging, losses }: Truth): boolean {
  const planted = [drift, emerging, losses].some((each) => each !== null);
  return (
    planted || segments.length > 0 || effects.some(({ adds: { won, qualified } }) => (won ?? qualified) !== undefined)
  );
}

function isAbout({ key, field }: { key: string; field?: string }, name: string): boolean {
  return [key, field].some((given) => given === name || given === `deal.${name}`);
}
