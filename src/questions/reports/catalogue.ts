import type { ReportTopic } from '../types.ts';
import { churnWatchReport } from './churn-watch.ts';
import { driftReport } from './drift.ts';
import { expansionReport } from './expansions.ts';
import type { Report } from './report.ts';

/** Every report by its topic. */
export const reports: Readonly<Partial<Record<ReportTopic, Report>>> = {
  drift: {
    read: 'win rates, calibration, churn and kinds of accounts, week by week',
    draw: ({ drift }) => driftReport(drift),
  },
  'churn-watch': {
    read: 'monthly snapshots of all customers, past and present',
    draw: ({ churnWatch }) => churnWatchReport(churnWatch),
  },
  expansions: {
    read: 'monthly snapshots of all customers, past and present',
    draw: ({ expansions }) => expansionReport(expansions),
  },
};
