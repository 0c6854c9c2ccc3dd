import type { ReportTopic } from '../types.ts';
import type { Report } from './report.ts';

/** Every report by its topic. */
export const reports: Readonly<Partial<Record<ReportTopic, Report>>> = {};
