import type { ReportTopic } from '../report-card.ts';
import { anomaliesReport } from './anomalies.ts';
import { backtestReport } from './backtest.ts';
import { biasReport } from './bias.ts';
import { calibrationReport } from './calibration.ts';
import { calibrationOfValuesReport } from './calibration-of-values.ts';
import { causalReport } from './causal.ts';
import { churnWatchReport } from './churn-watch.ts';
import { correlationsReport } from './correlations.ts';
import { disagreementsReport } from './disagreements.ts';
import { driftReport } from './drift.ts';
import { expansionReport } from './expansions.ts';
import { hypothesesReport } from './hypotheses.ts';
import { impactReport } from './impact.ts';
import { importanceReport } from './importance.ts';
import { missingFieldsReport } from './missing-fields.ts';
import { patternsReport } from './patterns.ts';
import { renamed, worded } from './rename-findings.ts';
import type { Report } from './report.ts';
import { revenueByBasisReport } from './revenue-by-basis.ts';
import { withSplit } from './segment-split.ts';
import { segmentsReport } from './segments.ts';
import { misleadingLeadsReport } from './twins.ts';

const later = 'accounts that came later than those a table was learnt from';
const snapshots = 'monthly snapshots of all customers, past and present';

/** Every report by its topic. */
export const reports: Readonly<Partial<Record<ReportTopic, Report>>> = {
  segments: {
    read: 'won and expanded accounts, against all that were touched',
    draw: ({ segments, segmentSplit }, about, words) =>
      withSplit(segmentsReport(renamed(segments, words), about), about === undefined ? segmentSplit : null),
  },
  losses: {
    read: 'closed deals, earlier and later',
    draw: ({ patterns }, _, words) => patternsReport(worded(patterns, words), 'losses'),
  },
  'churn-patterns': {
    read: 'customers old enough to tell, earlier and later',
    draw: ({ patterns }, _, words) => patternsReport(worded(patterns, words), 'churn'),
  },
  'anti-patterns': {
    read: 'touched accounts and closed deals, earlier and later',
    draw: ({ patterns }, _, words) => patternsReport(worded(patterns, words), 'anti'),
  },
  causal: {
    read: 'mature customers for expansion, touched accounts for winning, with what is on record held equal',
    draw: ({ causes }, about, _words, _supports, outcome) => causalReport(causes, { about, outcome }),
  },
  drift: {
    read: 'win rates, calibration, churn and kinds of accounts, week by week',
    draw: ({ drift }) => driftReport(drift),
  },
  'churn-watch': { read: snapshots, draw: ({ churnWatch }) => churnWatchReport(churnWatch) },
  expansions: { read: snapshots, draw: ({ expansions }) => expansionReport(expansions) },
  importance: { read: later, draw: ({ importance }) => importanceReport(importance) },
  correlations: {
    read: 'every feature against winning, expansion and churn',
    draw: ({ correlations }, about) => correlationsReport(correlations, about),
  },
  calibration: { read: later, draw: ({ calibration }) => calibrationReport(calibration) },
  backtest: { read: later, draw: ({ backtest, scorings }) => backtestReport(backtest, scorings) },
  impact: {
    read: 'deals and accounts by the tier that they had before they were touched',
    draw: ({ impact }) => impactReport(impact),
  },
  bias: {
    read: 'the criteria learnt anew without the last quarter, and without the largest deals',
    draw: ({ bias }) => biasReport(bias),
  },
  values: {
    read: 'what accounts pay, beside what tables learnt on others gave them',
    draw: ({ values }) => calibrationOfValuesReport(values),
  },
  hypotheses: {
    read: 'what the earlier half suggests, tested on the later half',
    draw: ({ hypotheses }) => hypothesesReport(hypotheses),
  },
  anomalies: {
    read: 'touches, wins, rejections and churn, week by week',
    draw: ({ anomalies, buyingMix }, about, words) => anomaliesReport(anomalies, buyingMix, words, about),
  },
  'missing-fields': {
    read: 'accounts that are no customers, each missing field borrowed from accounts that have it',
    draw: ({ missingFields }) => missingFieldsReport(missingFields),
  },
  disagreements: {
    read: 'decided leads, beside the tier that a table gave them which had not seen them',
    draw: ({ rejections }) => disagreementsReport(rejections),
  },
  'misleading-leads': {
    read: 'leads of accounts whose fit alone would make tier 1',
    scores: ({ misleadingLeads }) => misleadingLeads.listed,
    draw: ({ misleadingLeads }, _about, _words, supports) => misleadingLeadsReport(misleadingLeads, supports),
  },
  revenue: {
    read: 'what accounts pay, in the order of two tables learnt on others',
    draw: ({ revenue }) => revenueByBasisReport(revenue),
  },
};
