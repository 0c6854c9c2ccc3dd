import type { EvidenceGrade } from './model.ts';
import type { ScoreRange } from './score-range.ts';
import type { Weighed } from './weigh-account.ts';

/** What stands behind a score, for whoever shows it: on low evidence no score is shown without. */
export interface ScoreSupport {
  evidence: EvidenceGrade;
  /** From where to where it may lie, in points; `null` where nobody knows. */
  range: ScoreRange | null;
}

/** What stands behind the score of an account that was weighed. */
export function supportOf({ evidence, range }: Pick<Weighed, 'evidence' | 'range'>): ScoreSupport {
  return { evidence: evidence.grade, range };
}
