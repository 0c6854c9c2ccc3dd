import type { ReportTopic } from '../../questions/report-card.ts';

/** The words after `/icp` that ask for a report. */
const topics: Readonly<Record<string, ReportTopic>> = {
  segments: 'segments',
  segment: 'segments',
  losses: 'losses',
  expansions: 'expansions',
  expanded: 'expanded',
  churn: 'churn-watch',
  'churn-watch': 'churn-watch',
  'churn-patterns': 'churn-patterns',
  'anti-patterns': 'anti-patterns',
  drift: 'drift',
  causes: 'causal',
  causal: 'causal',
  importance: 'importance',
  correlations: 'correlations',
  backtest: 'backtest',
  leaderboard: 'backtest',
  report: 'impact',
  impact: 'impact',
  health: 'health',
  test: 'outreach-test',
  scorings: 'scorings',
  calibration: 'calibration',
  bias: 'bias',
  hypotheses: 'hypotheses',
  anomalies: 'anomalies',
  values: 'values',
  revenue: 'revenue',
  freshness: 'freshness',
  early: 'early',
  disagreements: 'disagreements',
  rejections: 'disagreements',
  answers: 'answers',
  'lead-answers': 'answers',
  'misleading-leads': 'misleading-leads',
  'missing-fields': 'missing-fields',
  changed: 'why-changed',
  'why-changed': 'why-changed',
  'what-would-it-take': 'what-would-it-take',
  twins: 'twins',
  overrides: 'overrides',
  governance: 'governance',
  routing: 'routing',
  models: 'models',
};

/** Those that can be narrowed to one thing by its name. */
const narrowed: ReadonlySet<ReportTopic> = new Set<ReportTopic>([
  'segments',
  'causal',
  'governance',
  'routing',
  'models',
  'missing-fields',
  'why-changed',
  'what-would-it-take',
  'twins',
]);

/** Those that are about one account, and nothing without it. */
const ofOneAccount: ReadonlySet<ReportTopic> = new Set<ReportTopic>(['why-changed', 'what-would-it-take', 'twins']);

/**
 * The report that a command asks for; `null` for no such word, or for one with more behind it than a report takes.
 *
 * @example parseReport('causes', 'funding'); // => { topic: 'causal', about: 'funding' }
 * @example parseReport('drift', 'of the market'); // => null
 */
export function parseReport(verb: string, rest: string): { topic: ReportTopic; about: string | null } | null {
  const topic = topics[verb.toLowerCase()];
  if (topic === undefined) return null;
  if (rest === '') return ofOneAccount.has(topic) ? null : { topic, about: null };
  return narrowed.has(topic) ? { topic, about: rest } : null;
}
