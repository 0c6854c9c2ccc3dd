import type { CauseOutcome } from '../icp/causes/cause-findings.ts';
import type { ChangeEdit } from '../icp/proposals/model-change.ts';
import type { Unit } from './types.ts';

/** A figure or words in a table: the text of a cell may name figures as `{{key}}`. */
export interface ReportTable {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface ReportSection {
  heading: string | null;
  /** Sentences that name figures as `{{key}}`; whatever came from a CRM is a figure of unit `text`. */
  lines: readonly string[];
  table: ReportTable | null;
}

/** A picture for where people would rather look than read; `alt` says in words what it shows. */
export interface ReportChart {
  kind: 'bars' | 'lines';
  title: string;
  unit: Unit;
  alt: string;
  /** `low` and `high` draw an interval; `group` parts series. */
  points: readonly { label: string; v: number; low?: number; high?: number; group?: string }[];
}

/** What can be reported on. */
export const reportTopics = [
  'segments',
  'losses',
  'churn-patterns',
  'anti-patterns',
  'expansions',
  'expanded',
  'churn-watch',
  'drift',
  'causal',
  'importance',
  'correlations',
  'backtest',
  'impact',
  'calibration',
  'bias',
  'hypotheses',
  'anomalies',
  'values',
  'revenue',
  'misleading-leads',
  'freshness',
  'why-changed',
  'what-would-it-take',
  'missing-fields',
  'twins',
  'early',
  'disagreements',
  'answers',
  'overrides',
  'governance',
  'changes',
  'simulate',
  'models',
  'routing',
  'health',
  'outreach-test',
  'scorings',
] as const;
export type ReportTopic = (typeof reportTopics)[number];

/** What may be said beside the topic of a report. */
export interface ReportOptions {
  /** One thing by its name: a segment, a field, an account. */
  about?: string | undefined;
  /** The outcome that is asked about, for causes: the one that says most when absent. */
  outcome?: CauseOutcome | undefined;
  book?: string | undefined;
  /** The earlier day, for why a score has changed. */
  at?: number | undefined;
  /** The later day; the last scoring when absent. */
  to?: number | undefined;
  /** The tier that is wanted, for what it would take. */
  tier?: 1 | 2 | undefined;
  /** What was looked for just now, by its number; what the last scoring saw when absent. */
  findings?: number | undefined;
  /** So many days up to `to`, for what reps answered; a year when absent. */
  days?: number | undefined;
  /** Lines of a proposal, and an edit of the one that was named. */
  lines?: readonly number[] | undefined;
  edit?: ChangeEdit | undefined;
}

/** What was found, in the one shape that Slack, the command line and the language model draw alike. */
export interface ReportCard {
  kind: 'report';
  topic: ReportTopic;
  title: string;
  sections: readonly ReportSection[];
  chart: ReportChart | null;
  /** Buttons that ask `question`. */
  choices: readonly { label: string; question: string }[];
  /** A finding that a person may give a name of their own. */
  nameable?: { book: string; id: string; name: string };
  /** A calibration was missed: somebody who may can acknowledge it. */
  lapsed?: boolean;
  /** The finding as data: what `--json` prints. */
  data: unknown;
}
