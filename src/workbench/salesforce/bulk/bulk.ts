import { SalesforceError } from '../api-error.ts';
import type { Faults } from '../faults/faults.ts';
import type { Answer } from '../rest/answer.ts';
import type { Api, ApiRequest } from '../rest/context.ts';
import { countRows } from '../soql/read-page.ts';
import { answerIngest } from './ingest-routes.ts';
import { openJobStore } from './job-store.ts';
import { answerQueryJobs, compileBulk } from './query-routes.ts';
import { workIngest } from './work-ingest.ts';

export interface Bulk {
  answer(api: Api, request: ApiRequest): Answer;
  stop(): void;
}

/**
 * Bulk API 2.0: routes, and jobs that are worked on a little later, as they would be.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_job_states.htm
 */
export function createBulk(context: {
  api: Api;
  jobs: Faults['jobs'];
  log: (message: string, error: unknown) => void;
}): Bulk {
  const { api, jobs, log } = context;
  const store = openJobStore(api.database, api.clock);
  const stopper = new AbortController();
  const stopped = stopper.signal;
  const timers = new Set<NodeJS.Timeout>();

  function later(work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, jobs.delayMs);
    timers.add(timer);
  }
  function start(id: string): void {
    later(() => {
      const job = store.get(id);
      if (job?.kind === 'query') {
        workQuery(id);
        return;
      }
      workIngest({ api, store, jobs, stopped }, id).catch((error: unknown) => {
        log(`job ${id} failed inside the local Salesforce`, error);
        const broken = stopped.aborted ? undefined : store.get(id);
        if (broken === undefined) return;
        const errorMessage = `InternalServerError : ${error instanceof Error ? error.message : 'unknown'}`;
        store.save({ ...broken, state: 'Failed', errorMessage });
      });
    });
  }
  function workQuery(id: string): void {
    const job = stopped.aborted ? undefined : store.get(id);
    if (job === undefined || !['UploadComplete', 'InProgress'].includes(job.state)) return;
    if (jobs.isHeld()) {
      store.save({ ...job, state: 'InProgress', changed: api.clock() });
      later(() => workQuery(id));
      return;
    }
    const processed = countRows(api.database, compileBulk(api, job.query ?? '', job.operation === 'queryAll'));
    store.save({ ...job, state: 'JobComplete', processed, changed: api.clock() });
  }

  for (const job of [...store.list('ingest'), ...store.list('query')]) {
    if (job.state === 'UploadComplete' || job.state === 'InProgress') start(job.id);
  }
  return {
    answer(_, request) {
      const [, kind] = request.path;
      if (kind === 'ingest') return answerIngest({ store, start }, api, request);
      if (kind === 'query') return answerQueryJobs({ store, start }, api, request);
      throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
    },
    stop() {
      stopper.abort();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
