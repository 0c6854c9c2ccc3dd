import type { FindingsToGrade } from './findings-to-grade.ts';
import type { Grade } from './grade.ts';
import { gradeCauses, inventedCauses } from './grade-causes.ts';
import { gradeDrift, inventedDrift } from './grade-drift.ts';
import { gradeGroups, inventedGroups } from './grade-groups.ts';
import { gradeLife } from './grade-life.ts';
import { gradeModel, inventedSuspects } from './grade-model.ts';
import { gradePatterns, inventedPatterns } from './grade-patterns.ts';
import type { Truth } from './truth.ts';

/**
 * Holds what was found in a planted market against the truth about it.
 *
 * One line a planted thing, found or missed with the evidence, and beside them whatever was claimed that nothing planted
 * explains. A group counts as found when half of its claimed members are of the planted kind and two fifths of the kind's
 * touched accounts were claimed (a quarter for the emerging kind, whose fields are seldom all known); a pattern when it names two of the
 * planted conditions; a drift when an alert after its day is about its segment.
 */
export function gradeFindings(truth: Truth, findings: FindingsToGrade): Grade {
  const lines = [
    ...gradeGroups(truth, findings),
    ...gradePatterns(truth, findings),
    ...gradeModel(truth, findings),
    ...gradeCauses(truth, findings),
    ...gradeDrift(truth, findings),
    ...gradeLife(truth, findings),
  ];
  const invented = [
    ...inventedGroups(truth, findings),
    ...inventedPatterns(truth, findings),
    ...inventedCauses(truth, findings),
    ...inventedDrift(truth, findings),
    ...inventedSuspects(truth, findings),
  ];
  const count = (verdict: string): number => lines.filter((line) => line.verdict === verdict).length;
  return { lines, invented, found: count('found'), missed: count('missed'), notLookedFor: count('not looked for') };
}
