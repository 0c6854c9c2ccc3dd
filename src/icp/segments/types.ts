import type { Condition } from '../patterns/condition.ts';
import type { Instant, Rate } from '../types.ts';

/** A mean with its 95 % interval and how many it is of. */
export type Mean = Rate;

/** A segment as it is kept from one run to the next. */
export interface NamedSegment {
  /** Lasting: the same segment keeps it from run to run. */
  id: string;
  name: string;
  description: string;
  /** A name that a person gave is never overwritten. */
  namedBy: 'template' | 'language model' | 'person';
  /** What makes an account a member; see `isMember`. */
  conditions: readonly Condition[];
  /** Touched members when it was found, for knowing it again. */
  members: readonly string[];
}

/** Something that the customers of a segment show more often than the touched accounts do. */
export interface SegmentTrait {
  key: string;
  label: string;
  inSegment: Rate;
  amongTouched: Rate;
}

export interface Segment extends NamedSegment {
  foundBy: readonly ('clusters' | 'subgroups')[];
  traits: readonly SegmentTrait[];
  touched: number;
  won: number;
  /** Won within the horizon among touched members old enough to tell; `null` where nobody is. */
  winRate: Rate | null;
  overallWinRate: Rate | null;
  /** Wins over what traits one by one let expect, with its interval. */
  lift: Rate;
  /** On accounts that it was not looked for in: standard errors above expectation, and the adjusted p-value. */
  heldOut: { z: number; n: number; pValue: number };
  acv: Mean | null;
  averageAcv: Mean | null;
  expansionRate: Rate | null;
  overallExpansionRate: Rate | null;
  /** Left after use, among customers old enough to tell. */
  churnRate: Rate | null;
  overallChurnRate: Rate | null;
  bestAngle: { kind: 'use case' | 'pain' | 'technology' | 'trait'; label: string; trait: SegmentTrait | null };
  /** How well its won accounts sit together in the space of points; `null` where there are too few. */
  silhouette: number | null;
  /** Overlap with the most alike subgroup of the other half of the accounts, 0 to 1. */
  stability: number;
  provisional: boolean;
  warnings: readonly string[];
}

/** A new kind of company among recent wins. */
export interface EmergingSegment {
  id: string;
  name: string;
  description: string;
  conditions: readonly Condition[];
  members: readonly string[];
  /** The quarter it was tested on. */
  from: Instant;
  to: Instant;
  /** Won in that quarter. */
  won: number;
  shareOfWins: Rate;
  shareOfWinsBefore: Rate;
  shareOfRevenue: number | null;
  revenue: number;
  touched: number;
  shareOfTouches: Rate;
  shareOfTouchesBefore: Rate;
  pValue: number;
  /** Until the quarter after confirms it. */
  provisional: boolean;
  /** Fewer wins than would settle anything. */
  thin: boolean;
  recommendation: string;
}

export interface SegmentFindings {
  asOf: Instant;
  segments: readonly Segment[];
  emerging: readonly EmergingSegment[];
  /** The grouping of won accounts that was searched as well, `null` where there are too few. */
  clusters: { k: number; silhouette: number; stability: readonly number[]; sizes: readonly number[]; n: number } | null;
  counts: { touched: number; won: number; tested: number };
  /** Kinds of company that stood out and are no segment, and why. */
  setAside: readonly { label: string; reason: string }[];
  /** Why there are none, or what would help; `null` when all is well. */
  verdict: string | null;
}
