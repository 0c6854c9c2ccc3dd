import type { JobRun } from '../store/job-runs.ts';
import type { RunCounts } from '../store/schema/job-runs.ts';
import type { Store } from '../store/store.ts';
import type { JobName } from './jobs.ts';

/** A run that has been begun. */
export interface Due {
  job: JobName;
  /** When it was due; it may be late. */
  dueAt: number;
  /** 1 for the first. */
  attempt: number;
  /** Aborted when the app stops, or when another process has taken the run over: what is left of it is void. */
  signal: AbortSignal;
}

/** What a step has done. Everything that it reads each time belongs in `read`: it is held against what is usual. */
export interface RunSummary extends RunCounts {
  /** One sentence without a full stop. */
  note: string;
}

/** What a job does. May throw: it is tried again. Done twice, it changes nothing the second time. */
export type Step = (due: Due) => Promise<RunSummary>;

/** What somebody should hear about. */
export interface JobNotice {
  job: JobName;
  dueAt: number;
  status: Extract<JobRun['status'], 'suspicious' | 'failed'>;
  reason: string;
}

export interface JobPorts {
  store: Store;
  /** The database's clock, for all that is compared between processes: those of two machines differ. */
  now(): Promise<number>;
  /** This process, by a name that no other has. */
  holder: string;
  /** A job without a step is not started here. */
  steps: Partial<Readonly<Record<JobName, Step>>>;
  /** Called once for each run that failed or looks suspicious. */
  tell(notice: JobNotice): Promise<void>;
  log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
  /** Calls a function every so many milliseconds until the returned one is called. */
  every(ms: number, call: () => void): () => void;
}
