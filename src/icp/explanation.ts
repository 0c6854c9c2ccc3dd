import type { CausalVerdict, EvidenceGrade, Strength } from './model.ts';
import type { FieldValue, Layer, Part, Rate, Stage } from './types.ts';

/**
 * A score and why: the JSON of `lodestar explain`, word for word.
 *
 * `base + sum(points) + clamp = positive`, and `score = positive * multiplier`, rounded to one decimal. The tier reads the
 * printed score.
 */
export interface Explanation {
  account: { id: string; name: string; domain: string | null; book: string };
  asOf: string;
  modelVersion: number;
  context: {
    owner: string | null;
    openPipeline: number;
    lastActivityAt: string | null;
    url: string | null;
    crmTier: 1 | 2 | 3 | null;
  };
  score: number;
  tier: 1 | 2 | 3;
  /** A rule that held the tier down, as a line of its own. */
  tierRule: string | null;
  override: {
    tier: 1 | 2 | 3;
    reason: string;
    until: string;
    by: string;
  } | null;
  evidence: { grade: EvidenceGrade; reasons: readonly string[] };
  /** From where to where the score may lie, in points; `null` where points were set by hand. */
  range: { low: number; high: number } | null;
  base: number;
  criteria: readonly ExplainedCriterion[];
  clamp: number;
  positive: number;
  detractor: {
    probability: number | null;
    baseRate: number | null;
    match: number;
    flagged: boolean;
    k: number;
    multiplier: number;
    reasons: readonly string[];
  };
  levers: Readonly<Record<Stage, number | null>>;
  layers: Readonly<Record<Layer, number>>;
  segment: string | null;
  /** Why no chance is told, and the levers are `null`, though there are some; absent where they may be relied on. */
  ranksOnly?: string;
  warnings: readonly string[];
}

export interface ExplainedCriterion {
  key: string;
  label: string;
  layer: Layer;
  value: FieldValue;
  points: number;
  weight: number;
  strength: Strength;
  /** What `rate` is of: accounts that were won, or, for timing, account-months that a win came soon after. */
  part: Part;
  rate: Rate | null;
  causal: CausalVerdict;
  observedAt: string | null;
  source: string | null;
}
