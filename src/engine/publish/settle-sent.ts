import { type ScoredObject, scoredObjects } from '../../connectors/crm.ts';
import { openPublicationJobs } from '../../store/publication-jobs.ts';
import { rowsOf } from '../../store/publication-rows.ts';
import { driveJob, type Purpose } from './send-job.ts';
import type { Sending } from './sending.ts';
import { readBack } from './settle.ts';

/** A call whose answer was lost may be worked on for a while yet. */
const callLastsMs = 10_000;

/** Finds out what became of all that was sent, by an earlier visit that did not live to write it down or by this one. */
export async function settleSent(sending: Sending, purpose: Purpose): Promise<void> {
  const { store, publication } = sending;
  for (const job of await openPublicationJobs(store, publication.id))
    await driveJob(sending, objectOf(job.object), job, { isFresh: false, purpose });
  for (const object of scoredObjects) {
    const rows = await rowsOf(store, publication.id, { object, states: ['sent'], jobNth: null });
    if (rows.length === 0) continue;
    if (purpose === 'stop') await sending.sleep(callLastsMs);
    await readBack(sending, object, rows);
  }
}

function objectOf(name: string): ScoredObject {
  const object = scoredObjects.find((one) => one === name);
  if (object === undefined) throw new Error(`no scored object is called ${name}`);
  return object;
}
