import type { CausalVerdict, IcpModel } from '../icp/model.ts';
import type { Instant, Rate } from '../icp/types.ts';

/** Something that must be true of a member: `field` where the feature goes by another name. */
export interface ClaimedCondition {
  key: string;
  field?: string;
  label: string;
}

/** Accounts that are said to belong together: all of them, among the touched. */
export interface ClaimedGroup {
  id: string;
  name: string;
  conditions: readonly ClaimedCondition[];
  members: readonly string[];
}

export interface ClaimedPattern {
  name: string;
  conditions: readonly ClaimedCondition[];
}

export interface ClaimedCause {
  key: string;
  field: string;
  label: string;
  verdict: CausalVerdict;
  standsOn: 'expansion' | 'winning' | null;
}

export interface ClaimedDrift {
  monitor: string;
  group: { id: string; label: string; kind: string };
  detectedAt: Instant;
  change: { v: number };
}

export interface AlertsRecord {
  alerts: number;
  precision: Rate | null;
  leadDays: Rate | null;
}

/**
 * What grading reads of the findings. A part that is absent was not looked for, which is neither found nor missed.
 *
 * The shapes are those of the findings themselves, with all that grading has no use for left out.
 */
export interface FindingsToGrade {
  model: Pick<IcpModel, 'criteria' | 'detractor' | 'suspects'>;
  segments?: { segments: readonly ClaimedGroup[]; emerging: readonly ClaimedGroup[] };
  /** Patterns among lost deals, and among customers who left. */
  lossPatterns?: readonly ClaimedPattern[];
  churnPatterns?: readonly ClaimedPattern[];
  /** Kinds of account that are hardly ever won. */
  antiPatterns?: readonly (ClaimedPattern & { kind: string })[];
  causes?: { judged: readonly ClaimedCause[] };
  drift?: {
    alerts: readonly ClaimedDrift[];
    links: readonly { group: ClaimedDrift['group']; waveAt: Instant; leadDays: number }[];
    /** Win rates that had fallen, unnoticed, where customers leave now; `to` is when one looked back. */
    earlier?: readonly { group: ClaimedDrift['group']; to: Instant; change: { v: number } }[];
  };
  churn?: {
    method: string;
    judged: { auc: Rate | null; alerts: { learned: AlertsRecord; usageDecay: AlertsRecord } } | null;
  };
  expansion?: { method: string; judged: { auc: Rate | null; topTen: Rate; anyTen: Rate } | null };
  /** Why reps turn good leads down: what these have in common, and the reasons given, of tier 1 and of all. */
  rejections?: {
    traits: readonly ClaimedCondition[];
    reasons: readonly {
      reason: string;
      tier1: number;
      all: number;
      traits?: readonly ClaimedCondition[];
      lately?: { lately: Rate; before: Rate } | null;
    }[];
  };
}
