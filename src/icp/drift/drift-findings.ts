import type { Instant, Rate } from '../types.ts';
import type { WatchedGroup } from './watched-book.ts';

/** A monitor that passed its line. */
export interface DriftAlert {
  /** `win rate: segment-3`, unique within the findings. */
  id: string;
  monitor: 'win rate' | 'calibration' | 'churn' | 'features';
  group: WatchedGroup;
  /** End of the week in which the line was passed, and the start of the week since when things seem to have changed. */
  detectedAt: Instant;
  since: Instant;
  /** What was expected from `since` on: wins a deal, churn a customer and year, a slope of 1, a share of the accounts. */
  expected: number;
  /** What came. */
  observed: Rate;
  /** Observed against expected: -0.33 is a third less. */
  change: { v: number; low: number; high: number };
  /** The stronger alert that mostly tells of the same accounts; `null` for one that stands on its own. */
  sameAs: string | null;
  /** The population stability index of a feature; `null` for other monitors. */
  index: number | null;
}

/** Churn that followed a fallen win rate in the same group. */
export interface ChurnLink {
  /** The alert that came first. */
  alert: string;
  group: WatchedGroup;
  alertAt: Instant;
  /** Start of the week in which customers began to leave more often, and the end of the one in which it was certain. */
  waveAt: Instant;
  detectedAt: Instant;
  /** Days from the alert to the first wave. */
  leadDays: number;
  left: number;
  expected: number;
  /** Times as often as before. */
  ratio: { v: number; low: number; high: number };
}

/** A win rate that had fallen, unnoticed, where customers leave now. */
export interface EarlierFall {
  /** The alert about churn that made one look. */
  alert: string;
  group: WatchedGroup;
  from: Instant;
  to: Instant;
  expected: number;
  observed: Rate;
  change: { v: number; low: number; high: number };
  /** How often chance alone makes so large a fall in this group. */
  chance: number;
}

/** The smallest fall in a win rate that four watches in five would notice within a quarter. */
export interface DriftReach {
  group: WatchedGroup;
  dealsAQuarter: number;
  winRate: number;
  /** `null`: not even if nothing were won any more. */
  fall: number | null;
  /** How likely the watch would notice within a quarter that a third less is won: by calculation, to a hundredth. */
  chanceOfThird: number;
}

export interface QuarterOfDeals {
  from: Instant;
  expected: number;
  observed: Rate;
}

/** What has moved since the watch began, and how much may be made of it. */
export interface DriftFindings {
  verdict: 'moved' | 'nothing beyond chance' | 'cannot tell';
  /** Why not, and what would help, where the verdict is `cannot tell`. */
  reason: string | null;
  watch: {
    since: Instant;
    until: Instant;
    weeks: number;
    deals: number;
    referenceDeals: number;
    customers: number;
    left: number;
    groups: number;
    /** Share of two-year watches in which any monitor gives an alarm although nothing moves. */
    falseAlarms: number;
  };
  /** Strongest first within a monitor. */
  alerts: readonly DriftAlert[];
  links: readonly ChurnLink[];
  earlier: readonly EarlierFall[];
  reach: readonly DriftReach[];
  /** Win rate by quarter, of the group of the first alert, or of all. */
  course: { group: WatchedGroup; quarters: readonly QuarterOfDeals[] } | null;
}
