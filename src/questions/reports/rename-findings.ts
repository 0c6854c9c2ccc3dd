import type { PatternFindings } from '../../icp/patterns/types.ts';
import type { SegmentFindings } from '../../icp/segments/types.ts';
import type { Words } from './report.ts';

/** The segments under the names that people, or else the language model, gave them. */
export function renamed(findings: SegmentFindings, words: Words): SegmentFindings {
  const said = <T extends { id: string; name: string; description: string }>(segment: T): T => {
    const wording = words('segment', segment.id);
    return wording === null
      ? segment
      : { ...segment, name: wording.name, description: wording.text || segment.description };
  };
  return { ...findings, segments: findings.segments.map(said), emerging: findings.emerging.map(said) };
}

/** The patterns in the language model's words, where it found some without a number. */
export function worded(findings: PatternFindings, words: Words): PatternFindings {
  const said = (patterns: PatternFindings['losses']) =>
    patterns.map((pattern) => {
      const wording = words('pattern', pattern.id);
      return wording === null
        ? pattern
        : { ...pattern, name: wording.name, description: wording.text || pattern.description };
    });
  const { losses, churn, anti } = findings;
  return { ...findings, losses: said(losses), churn: said(churn), anti: said(anti) };
}
