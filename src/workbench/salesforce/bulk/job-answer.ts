import { SalesforceError } from '../api-error.ts';
import { restTime } from '../org/values.ts';
import { type Answer, jsonAnswer } from '../rest/answer.ts';
import type { Api, ApiRequest } from '../rest/context.ts';
import type { Job, JobStore } from './job-store.ts';

/** A job as the API shows it; what it has come to is told by a call for this job, not in a list or on its making. */
export function showJob(api: Api, job: Job, whole: boolean): Record<string, unknown> {
  const { id, kind, operation, object, state, version, lineEnding, columnDelimiter } = job;
  const shared = {
    ...{ id, operation, object, createdById: api.ids.integrationUser, createdDate: restTime(job.created) },
    ...{ systemModstamp: restTime(job.changed), state, concurrencyMode: 'Parallel', contentType: 'CSV' },
    ...{ apiVersion: Number(version.slice(1)), lineEnding, columnDelimiter },
  };
  const isIngest = kind === 'ingest';
  const more = isIngest && (state === 'Open' || !whole) ? { contentUrl: contentUrl(job) } : {};
  if (!whole) return { ...shared, ...more };
  return {
    ...shared,
    ...more,
    jobType: isIngest ? 'V2Ingest' : 'V2Query',
    ...{ numberRecordsProcessed: job.processed, retries: 0, totalProcessingTime: job.workedMs },
    ...(isIngest
      ? { numberRecordsFailed: job.failed, apiActiveProcessingTime: job.workedMs, apexProcessingTime: 0 }
      : {}),
    ...(job.externalId === null ? {} : { externalIdFieldName: job.externalId }),
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}

/**
 * `jobs/ingest` and `jobs/query`: the jobs of the last week, oldest first.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_all_jobs.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_all_jobs.htm
 */
export function listJobs(api: Api, store: JobStore, kind: Job['kind']): Answer {
  const records = store.list(kind).map((job) => {
    return { ...showJob(api, job, false), jobType: kind === 'ingest' ? 'V2Ingest' : 'V2Query' };
  });
  return jsonAnswer({ done: true, records, nextRecordsUrl: null });
}

/** @throws {SalesforceError} 404 for a job that was deleted, is over a week old or never was */
export function requestedJob(store: JobStore, kind: Job['kind'], { path }: ApiRequest): Job {
  const job = store.get(path[2] ?? '');
  if (job !== undefined && job.kind === kind) return job;
  throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/**
 * Refuses what cannot be done with a job as it is.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_job_states.htm
 */
export function wrongState(job: Job, wish: string): SalesforceError {
  return new SalesforceError(400, 'INVALIDJOBSTATE', `Job ${job.id} is ${job.state}: it cannot be ${wish}`);
}

function contentUrl({ id, version }: Job): string {
  return `services/data/${version}/jobs/ingest/${id}/batches`;
}
