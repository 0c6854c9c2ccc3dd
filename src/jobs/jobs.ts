/** What the clock starts. Sync goes before what stands on it. */
export const jobNames = [
  'sync',
  'analysis',
  'drift',
  'freshness',
  'churn',
  'audit',
  'leads',
  'crm',
  'reconcile',
  'publish',
] as const;
export type JobName = (typeof jobNames)[number];

export interface Job {
  name: JobName;
  /** What it does, for a person. */
  does: string;
  /** When it is due unless the setting `schedule.NAME` says otherwise. */
  usually: string;
}

export const jobs: readonly Job[] = [
  { name: 'sync', does: 'reads every source again', usually: 'daily 03:00' },
  { name: 'analysis', does: 'learns the model anew and rescores', usually: 'Mon 06:00' },
  { name: 'drift', does: 'looks whether the market has moved', usually: 'daily 04:00' },
  { name: 'freshness', does: 'looks which data has grown old', usually: 'daily 04:30' },
  { name: 'churn', does: 'looks which customers may leave', usually: 'daily 05:00' },
  {
    name: 'audit',
    does: 'walks the audit log and tells its head, and flags that nobody was told of',
    usually: 'daily 06:30',
  },
  {
    name: 'leads',
    does: 'posts cards of new leads, and brings the ledger, and Salesforce where that is on, to what was answered',
    usually: 'every 15 min',
  },
  {
    name: 'crm',
    does: 'reads what changed in Salesforce, rescores, and tells owners whose accounts moved',
    usually: 'every 15 min',
  },
  { name: 'reconcile', does: 'reads all of Salesforce again and holds it against the book', usually: 'Sun 02:00' },
  { name: 'publish', does: 'writes scores that Salesforce does not have yet', usually: 'every 5 min' },
];

/** The setting that says when a job is due. */
export function scheduleKey(job: JobName): `schedule.${JobName}` {
  return `schedule.${job}`;
}
