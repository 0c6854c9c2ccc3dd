import type { ValidatedCriterion } from '../freshness/last-validated.ts';
import type { Reviewed } from '../judgements/governance.ts';
import type { EmergingSegment } from '../segments/types.ts';

/** What every weekly digest names, whatever is proposed. */
export interface WorthNoting {
  /** Criteria in force that no analysis has found again for a quarter. */
  stale: readonly ValidatedCriterion[];
  /** Inputs whose review is overdue. */
  overdue: readonly Reviewed[];
  /** Kinds of company that are new among the wins, under the names that people gave them. */
  emerging: readonly EmergingSegment[];
  /** What is to be said of the data that it was learnt from: too few of one outcome, too short a time. */
  cautions: readonly string[];
}
