import type { BuyingMix } from './anomalies/buying-mix.ts';
import type { AnomalyFindings } from './anomalies/find-anomalies.ts';
import type { CalibratedValues } from './calibrate-values.ts';
import type { CauseFindings } from './causes/cause-findings.ts';
import type { MissingFieldFindings } from './changes/find-missing-fields.ts';
import type { DataSet } from './data-set.ts';
import type { DriftFindings } from './drift/drift-findings.ts';
import type { RejectionFindings } from './hypotheses/explain-rejections.ts';
import type { HypothesisFindings } from './hypotheses/test-hypotheses.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { BacktestFindings } from './impact/backtest.ts';
import type { CalibrationFindings } from './impact/calibration.ts';
import type { BiasFindings } from './impact/check-bias.ts';
import type { ScoringComparison } from './impact/compare-scorings.ts';
import type { ImpactFindings } from './impact/measure-impact.ts';
import type { TamShare } from './impact/tier-reach.ts';
import type { CorrelationFindings } from './importance/measure-correlations.ts';
import type { ImportanceFindings } from './importance/measure-importance.ts';
import type { ExpansionFindings } from './life/predict-expansion.ts';
import type { ChurnWatchFindings } from './life/watch-churn.ts';
import type { IcpModel } from './model.ts';
import type { PatternFindings } from './patterns/types.ts';
import type { RevenueByBasis } from './revenue-by-basis.ts';
import type { SegmentSplit } from './segments/read-by-segment.ts';
import type { NamedSegment, SegmentFindings } from './segments/types.ts';
import type { MisleadingLeads } from './twins/ideal-but-detractor.ts';
import type { Instant } from './types.ts';

/** All that one analysis found, as plain data: what the reports are drawn from. */
export interface Findings {
  asOf: Instant;
  segments: SegmentFindings;
  /** What the win rate of all hides: that of every segment, and of the rest. */
  segmentSplit: SegmentSplit | null;
  patterns: PatternFindings;
  causes: CauseFindings;
  drift: DriftFindings;
  churnWatch: ChurnWatchFindings;
  expansions: ExpansionFindings;
  importance: ImportanceFindings;
  correlations: CorrelationFindings;
  calibration: CalibrationFindings;
  backtest: BacktestFindings;
  /** The written ICP beside the learned one, band by band; `null` where there is none or too little. */
  scorings: ScoringComparison | null;
  /** The same for the last versions that were in force; absent in what was found before it was kept. */
  pastScorings?: readonly (ScoringComparison & { version: number })[];
  impact: ImpactFindings;
  bias: BiasFindings;
  values: CalibratedValues;
  revenue: RevenueByBasis;
  hypotheses: HypothesisFindings;
  rejections: RejectionFindings;
  anomalies: AnomalyFindings;
  buyingMix: BuyingMix;
  misleadingLeads: MisleadingLeads;
  missingFields: MissingFieldFindings;
}

/** What the findings need beside the data: kept with them, so that they can be found again. */
export interface FindingInputs {
  seed: number;
  /** The written ICP that is shown beside the learned one. */
  hypothesis: Hypothesis | null;
  /** Segments of the analysis before, under the names that they have by now. */
  previous: readonly NamedSegment[];
  /** Versions that were ever in force. */
  pastVersions: readonly number[];
  /** The one of them that is in force; absent where what is found is about one that only comes into force. */
  inForce?: number;
  /** How much of the market tier 1 should be; absent in what was found before it was kept. */
  tamBand?: TamShare['band'];
  /** What each tier is to bring in a quarter; absent where nobody set it. */
  targets?: Readonly<Record<1 | 2 | 3, number>>;
  /** What was looked through; absent where nothing was learnt, and in what was found before it was kept. */
  dataSet?: DataSet;
}

/** The same with the models that the versions name. */
export interface FindingContext extends FindingInputs {
  past: readonly { version: number; model: IcpModel }[];
}
