import type { ClaimedGroup, FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, type Invention, lineFor, percent } from './grade.ts';
import { nearest, overlapOf } from './overlap.ts';
import { toolOf } from './true-fields.ts';
import type { Truth } from './truth.ts';

/** Half of the claimed members must be of the planted kind. */
const leastPrecision = 0.5;
/**
 * And so many of the kind must be claimed. The fields that show a segment are known together for some 70 % of accounts, those
 * of the emerging kind for some 45 %: nobody can claim the others.
 */
const leastRecall = { segments: 0.4, emerging: 0.25 } as const;

/** Grades the planted segments and the emerging kind by the accounts that were claimed. */
export function gradeGroups(truth: Truth, { segments: found }: FindingsToGrade): GradeLine[] {
  const lines = truth.segments.map((planted) =>
    lineFor({ kind: 'segments', what: planted.name }, found, ({ segments }) =>
      judge(segments, planted, leastRecall.segments),
    ),
  );
  const { emerging } = truth;
  if (emerging === null) return lines;
  const line = lineFor({ kind: 'emerging', what: emerging.name }, found, (claims) =>
    judge(claims.emerging, emerging, leastRecall.emerging),
  );
  return [...lines, line];
}

function judge(
  claims: readonly ClaimedGroup[],
  planted: { accounts: readonly string[]; touched: number },
  recall: number,
): { found: boolean; evidence: string } {
  const best = nearest(claims, planted);
  if (best === null) return { found: false, evidence: 'none was claimed' };
  const { claim, overlap } = best;
  return {
    found: overlap.precision >= leastPrecision && overlap.recall >= recall,
    evidence: `"${claim.name}": precision ${percent(overlap.precision)}, recall ${percent(overlap.recall)}`,
  };
}

/** Claimed groups that are mostly neither a planted segment, nor the emerging kind, nor the detractor's. */
export function inventedGroups(truth: Truth, { segments: found }: FindingsToGrade): Invention[] {
  if (found === undefined) return [];
  const planted = [
    ...truth.segments.map(({ accounts }) => accounts),
    truth.emerging?.accounts ?? [],
    truth.detractor?.accounts ?? [],
  ].flat();
  const together = togetherTools(truth);
  const known = { accounts: planted, touched: planted.length };
  return (['segments', 'emerging'] as const).flatMap((family) =>
    found[family].flatMap((claim) => {
      const { precision } = overlapOf(claim.members, known);
      const explained =
        precision >= leastPrecision || claim.conditions.some((each) => together.has(toolOf(each) ?? ''));
      return explained
        ? []
        : [{ family, what: claim.name, evidence: `${percent(precision)} of its members are of anything planted` }];
    }),
  );
}

/** Tools that do something together which they do not do one by one: a kind of company on them is true in any market. */
function togetherTools(truth: Truth): ReadonlySet<string> {
  const effects = truth.effects.filter(({ name }) => name === 'a CRM but no sequencer');
  return new Set(effects.flatMap(({ tools }) => tools.map((tool) => tool.toLowerCase())));
}
