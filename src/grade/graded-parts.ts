import type { Instant } from '../icp/types.ts';
import type { FindingsToGrade } from './findings-to-grade.ts';

/** The findings as an analysis keeps them, as far as they are graded. What an analysis does not look for is absent. */
export interface KeptFindings {
  asOf: Instant;
  segments?: NonNullable<FindingsToGrade['segments']>;
  patterns?: {
    losses?: NonNullable<FindingsToGrade['lossPatterns']>;
    churn?: NonNullable<FindingsToGrade['churnPatterns']>;
    anti?: NonNullable<FindingsToGrade['antiPatterns']>;
  };
  causes?: NonNullable<FindingsToGrade['causes']>;
  drift?: NonNullable<FindingsToGrade['drift']>;
  churnWatch?: NonNullable<FindingsToGrade['churn']>;
  expansions?: NonNullable<FindingsToGrade['expansion']>;
  rejections?: NonNullable<FindingsToGrade['rejections']>;
}

/** Picks what is graded out of all that an analysis found, under the names that grading has for it. */
export function gradedParts(model: FindingsToGrade['model'], findings: KeptFindings): FindingsToGrade {
  const { segments, patterns, causes, drift, churnWatch, expansions, rejections } = findings;
  return {
    model,
    ...(segments && { segments }),
    ...(patterns?.losses && { lossPatterns: patterns.losses }),
    ...(patterns?.churn && { churnPatterns: patterns.churn }),
    ...(patterns?.anti && { antiPatterns: patterns.anti }),
    ...(causes && { causes }),
    ...(drift && { drift }),
    ...(churnWatch && { churn: churnWatch }),
    ...(expansions && { expansion: expansions }),
    ...(rejections && { rejections }),
  };
}
