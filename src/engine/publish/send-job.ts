import type { CrmJob, ScoredObject } from '../../connectors/crm.ts';
import { rowsInJob } from '../../icp/publishing/estimate-calls.ts';
import {
  addPublicationJob,
  knownJobIds,
  movePublicationJob,
  type PublicationJob,
} from '../../store/publication-jobs.ts';
import { countRows, giveBackRows, markSent, rowsOf, updatesOf, widestRow } from '../../store/publication-rows.ts';
import { publishedNames } from './plan-rows.ts';
import { Halt, laterMs, type Sending, soonMs } from './sending.ts';
import { readBack, settle } from './settle.ts';

/** Waits between two looks at a job that is being worked on, in seconds: few looks, since each is a call. */
const pollSeconds = [5, 10, 20, 40, 60, 120, 120, 120] as const;
/** The clock of the CRM may be behind ours by so much. */
const clockSlackMs = 10 * 60_000;
/** So often it is asked whether a person wants no more of it. */
const wantedMs = 5_000;

/** What a job is seen through for: to send its rows; only to settle what was sent; or to break it off, and settle that. */
export type Purpose = 'go on' | 'settle' | 'stop';

/** Gives as many waiting rows as fit to a job of the CRM's, and sees it through. */
export async function sendJob(sending: Sending, object: ScoredObject): Promise<void> {
  const { store, publication, now } = sending;
  const width = await widestRow(store, publication.id, object);
  const rows = await updatesOf(store, publication.id, { object, states: ['waiting'], limit: rowsInJob(width) });
  const recordIds = rows.map(({ id }) => id);
  let nth = 0;
  const askedAt = now();
  await sending.commit(async (tx) => {
    nth = await addPublicationJob(tx, { publicationId: publication.id, object, rows: rows.length, askedAt });
    await markSent(tx, publication.id, object, { recordIds, jobNth: nth });
  });
  await sending.at('after job asked');
  const asked: PublicationJob = {
    ...{ publicationId: publication.id, nth, object, jobId: null, state: 'asked', rows: rows.length, askedAt },
    bytes: null,
  };
  await driveJob(sending, object, asked, { isFresh: true, purpose: 'go on' });
}

/**
 * Takes a job from where it stands to its end, whatever was written down last.
 *
 * The CRM works on nothing before a job is closed: one that is not closed yet may be thrown away and begun anew.
 *
 * @param how.isFresh false when the process that left it there is dead, and nobody knows what was done after that
 * @throws {Halt} `stopping` where a person asks meanwhile that it stops
 */
export async function driveJob(
  sending: Sending,
  object: ScoredObject,
  job: PublicationJob,
  { isFresh, purpose }: { isFresh: boolean; purpose: Purpose },
): Promise<void> {
  let at = job;
  let fresh = isFresh;
  for (;;) {
    if (purpose !== 'stop') await sending.requireWanted();
    switch (at.state) {
      case 'asked':
        if (!fresh) await abortOrphans(sending, object, at);
        if (purpose !== 'go on') return giveUp(sending, object, at);
        at = await create(sending, object, at);
        fresh = true;
        break;
      case 'created':
        at = fresh ? await upload(sending, object, at) : await forget(sending, at);
        break;
      case 'uploaded':
        if (purpose !== 'go on' && (await stateOf(sending, at)).state === 'open') {
          await sending.crm.writer.jobs.abort(idOf(at));
          return giveUp(sending, object, at);
        }
        at = await close(sending, at, fresh);
        fresh = true;
        break;
      case 'closed':
        if (purpose === 'stop') await breakOff(sending, at);
        return await record(sending, object, at, { seen: await poll(sending, at, purpose), purpose });
      default:
        return;
    }
  }
}

/** What a lost answer left behind: an open job that is ours, and that no row of ours knows. */
async function abortOrphans({ crm, store }: Sending, object: ScoredObject, { askedAt }: PublicationJob): Promise<void> {
  const open = await crm.writer.jobs.open(askedAt - clockSlackMs, object);
  const known = await knownJobIds(store);
  for (const { id, state } of open) if (state === 'open' && !known.has(id)) await crm.writer.jobs.abort(id);
}

async function create(sending: Sending, object: ScoredObject, job: PublicationJob): Promise<PublicationJob> {
  const { id: jobId } = await sending.crm.writer.jobs.create(object);
  await sending.at('after create');
  const moved = { ...job, jobId, state: 'created' as const };
  await sending.commit((tx) => movePublicationJob(tx, job, { jobId, state: 'created' }));
  await sending.at('after create recorded');
  return moved;
}

/** A job that may or may not have got its rows: it takes them once only, so it is thrown away. */
async function forget(sending: Sending, job: PublicationJob): Promise<PublicationJob> {
  const { state } = await stateOf(sending, job);
  if (state === 'open') await sending.crm.writer.jobs.abort(idOf(job));
  await sending.commit((tx) => movePublicationJob(tx, job, { jobId: null, state: 'asked' }));
  return { ...job, jobId: null, state: 'asked' };
}

async function upload(sending: Sending, object: ScoredObject, job: PublicationJob): Promise<PublicationJob> {
  const rows = await updatesOf(sending.store, job.publicationId, { object, states: ['sent'], jobNth: job.nth });
  await sending.crm.writer.jobs.upload(idOf(job), publishedNames, rows);
  await sending.at('after upload');
  await sending.commit((tx) => movePublicationJob(tx, job, { state: 'uploaded' }));
  await sending.at('after upload recorded');
  return { ...job, state: 'uploaded' };
}

async function close(sending: Sending, job: PublicationJob, isFresh: boolean): Promise<PublicationJob> {
  if (isFresh || (await stateOf(sending, job)).state === 'open') await sending.crm.writer.jobs.close(idOf(job));
  await sending.at('after close');
  await sending.commit((tx) => movePublicationJob(tx, job, { state: 'closed' }));
  await sending.at('after close recorded');
  return { ...job, state: 'closed' };
}

/** Aborts a job that the CRM works on: it does no more of it, and what it has done stays. */
async function breakOff(sending: Sending, job: PublicationJob): Promise<void> {
  const isOn = async () => ['open', 'working'].includes((await stateOf(sending, job)).state);
  if (!(await isOn())) return;
  try {
    await sending.crm.writer.jobs.abort(idOf(job));
  } catch (error) {
    // It may have come to its end between the question and the word.
    if (await isOn()) throw error;
  }
}

/** Looks at a job with growing waits until the CRM is done with it; leaves it to a later visit when that takes long. */
async function poll(sending: Sending, job: PublicationJob, purpose: Purpose): Promise<CrmJob> {
  for (const seconds of pollSeconds) {
    for (let left = seconds * 1000; left > 0; left -= wantedMs) {
      await sending.sleep(Math.min(left, wantedMs));
      if (purpose !== 'stop') await sending.requireWanted();
    }
    const seen = await stateOf(sending, job);
    await sending.at('while polling');
    sending.onProgress?.(`${job.object}: the CRM works on its job`, seen.processed, job.rows);
    const { jobs } = sending.crm.writer;
    if (seen.state === 'open') await (purpose === 'go on' ? jobs.close(seen.id) : jobs.abort(seen.id));
    else if (seen.state !== 'working') return seen;
  }
  throw new Halt('paused', `the CRM is still working on its job ${idOf(job)} of ${job.rows} rows`, 2 * soonMs);
}

async function record(
  sending: Sending,
  object: ScoredObject,
  job: PublicationJob,
  { seen, purpose }: { seen: CrmJob; purpose: Purpose },
): Promise<void> {
  const { store, publication, crm } = sending;
  if (seen.state === 'failed' && seen.processed === 0) {
    await giveUp(sending, object, job);
    if (purpose !== 'go on') return;
    throw new Halt('paused', `the CRM refused the job ${seen.id}: ${seen.message ?? 'it does not say why'}`, laterMs);
  }
  const sent = { object, states: ['sent'], jobNth: job.nth } as const;
  // Of a job that somebody aborted there are no results either.
  if (seen.state === 'complete' || seen.state === 'failed') {
    const { results } = await crm.writer.jobs.results(idOf(job));
    await sending.at('after results');
    await settle(sending, object, await rowsOf(store, publication.id, sent), results);
  } else {
    await readBack(sending, object, await rowsOf(store, publication.id, sent));
    if (seen.state === 'aborted' && purpose === 'go on') await requireDone(sending, object, job);
  }
  await sending.commit((tx) => movePublicationJob(tx, job, { state: 'recorded' }));
  await sending.at('after job recorded');
}

/** @throws {Halt} `paused` where rows of a job were not written since somebody did not want them to be: a person says how it goes on */
async function requireDone({ store }: Sending, object: ScoredObject, job: PublicationJob): Promise<void> {
  const undone = { object, jobNth: job.nth, states: ['waiting', 'set aside'] } as const;
  if ((await countRows(store, job.publicationId, undone)) === 0) return;
  throw new Halt(
    'paused',
    `somebody aborted the job ${idOf(job)} in Salesforce; lodestar publish goes on, lodestar publications stop ends it`,
    null,
    (tx) => movePublicationJob(tx, job, { state: 'recorded' }),
  );
}

async function giveUp(sending: Sending, object: ScoredObject, job: PublicationJob): Promise<void> {
  await sending.commit(async (tx) => {
    await giveBackRows(tx, job.publicationId, { object, jobNth: job.nth });
    await movePublicationJob(tx, job, { state: 'given up' });
  });
}

function stateOf({ crm }: Sending, job: PublicationJob): Promise<CrmJob> {
  return crm.writer.jobs.state(idOf(job));
}

function idOf({ jobId, nth }: PublicationJob): string {
  if (jobId === null) throw new Error(`the job ${nth} has no id yet`);
  return jobId;
}
