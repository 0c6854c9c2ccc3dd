import { isLowEvidence } from '../icp/evidence.ts';
import type { ScoreRange } from '../icp/score-range.ts';
import type { ScoreSupport } from '../icp/score-support.ts';
import type { Figure } from './types.ts';

/** A score as a figure: on low evidence it is a hint, and brings its range wherever it is written. */
export function scoreFigure(
  key: string,
  label: string,
  { score, evidence, range }: { score: number; evidence: string; range?: ScoreRange | null },
): Figure {
  const figure: Figure = { key, label, v: score, unit: 'points' };
  if (!isLowEvidence(evidence)) return figure;
  return { ...figure, ...(range == null ? {} : range), rough: true };
}

/** The same for a score that is kept with what stands behind it only where that is low evidence. */
export function keptScoreFigure(key: string, label: string, score: number, support: ScoreSupport | undefined): Figure {
  return scoreFigure(key, label, support === undefined ? { score, evidence: 'A' } : { score, ...support });
}
