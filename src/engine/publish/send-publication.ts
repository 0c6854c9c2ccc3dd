import { type ScoredObject, scoredObjects } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { rowsPerCall } from '../../icp/publishing/estimate-calls.ts';
import { canaryFails, canaryRows } from '../../icp/publishing/sending-order.ts';
import { addAudit } from '../../store/audit.ts';
import { openPublicationJobs } from '../../store/publication-jobs.ts';
import { countRows, firstPlace, rowCounts, rowsOf } from '../../store/publication-rows.ts';
import { movePublication, type Publication, publicationOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { carries, publishedNames } from './plan-rows.ts';
import { recheckPlan, recheckWay, supersededBy } from './recheck.ts';
import { sendCall } from './send-calls.ts';
import { driveJob, sendJob } from './send-job.ts';
import { beginSending, Halt, haltOf, leave, type Sending, type SendPorts } from './sending.ts';
import { readBack } from './settle.ts';

const sampleRows = 100;

/** @throws {IcpError} `no_publication` */
export async function requirePublication(store: Store, id: string): Promise<Publication> {
  const publication = await publicationOf(store, id);
  if (publication === null)
    throw new IcpError('no_publication', `there is no publication ${id}; lodestar publications lists them`);
  return publication;
}

/** Whether nothing more is sent of a publication. */
export function isOver({ state }: Pick<Publication, 'state'>): boolean {
  return state === 'finished' || state === 'stopped' || state === 'superseded';
}

/**
 * Sends a frozen plan to the CRM, from wherever it stands: it may be cut off at any moment and called again.
 *
 * Every intent is a row before the request, and every write an absolute value, so that nothing is lost and doing it twice
 * changes nothing. The first 200 rows of each object go alone; when more than 2 % of them fail, the rest is never sent.
 *
 * @param options.evenIfPaused a person asks: not to wait until the time at which it would go on by itself
 * @returns the publication as it stands now; it is paused where the CRM is in the way, with the reason
 */
export async function sendPublication(
  ports: SendPorts,
  id: string,
  { evenIfPaused = false }: { evenIfPaused?: boolean } = {},
): Promise<Publication> {
  const publication = await requirePublication(ports.store, id);
  const { state, resumeAt } = publication;
  if (isOver(publication)) return publication;
  if (state === 'paused' && !evenIfPaused && resumeAt !== null && resumeAt > ports.now()) return publication;
  const sending = beginSending(ports, publication);
  try {
    await recheckPlan(sending);
    const superseded = await supersededBy(sending);
    await settleSent(sending, { mayStart: superseded === null });
    if (superseded !== null) throw new Halt('superseded', superseded);
    await recheckWay(sending);
    await sending.commit((tx) => movePublication(tx, id, { state: 'sending', reason: null, resumeAt: null }));
    for (const object of scoredObjects) await sendObject(sending, object);
    await finish(sending);
  } catch (error) {
    const halt = haltOf(error);
    if (halt === null) throw error;
    await leave(sending, halt);
  }
  return requirePublication(ports.store, id);
}

/** Finds out what became of all that an earlier visit sent and did not live to write down. */
async function settleSent(sending: Sending, { mayStart }: { mayStart: boolean }): Promise<void> {
  const { store, publication } = sending;
  for (const job of await openPublicationJobs(store, publication.id))
    await driveJob(sending, objectOf(job.object), job, { isFresh: false, mayStart });
  for (const object of scoredObjects) {
    const rows = await rowsOf(store, publication.id, { object, states: ['sent'], jobNth: null });
    if (rows.length > 0) await readBack(sending, object, rows);
  }
}

async function sendObject(sending: Sending, object: ScoredObject): Promise<void> {
  const { store, publication } = sending;
  const first = await firstPlace(store, publication.id, object);
  if (first === null) return;
  const canary = { object, upTo: first + canaryRows - 1 } as const;
  for (;;) {
    const rows = await rowsOf(store, publication.id, { ...canary, states: ['waiting'], limit: rowsPerCall });
    if (rows.length === 0) break;
    await sendCall(sending, object, rows);
  }
  const failed = await countRows(store, publication.id, { ...canary, states: ['set aside'] });
  const sent = failed + (await countRows(store, publication.id, { ...canary, states: ['written'] }));
  if (canaryFails(failed, sent))
    throw new Halt(
      'stopped',
      `${failed} of the first ${sent} ${object} rows failed, which is more than 2 %, so the rest was not sent; look at the reasons, and publish anew`,
    );
  for (;;) {
    const waiting = await countRows(store, publication.id, { object, states: ['waiting'] });
    if (waiting === 0) return;
    sending.onProgress?.(`${object}: ${waiting.toLocaleString('en')} rows to send`);
    if (waiting > sending.sizes.byCall) await sendJob(sending, object);
    else
      await sendCall(
        sending,
        object,
        await rowsOf(store, publication.id, { object, states: ['waiting'], limit: rowsPerCall }),
      );
  }
}

/** Reads a sample back, and writes down that it is done. */
async function finish(sending: Sending): Promise<void> {
  const { publication, now } = sending;
  const counts = await rowCounts(sending.store, publication.id);
  const written = counts.filter(({ state }) => state === 'written').reduce((sum, { rows }) => sum + rows, 0);
  const read = written === 0 ? { rows: 0, carry: 0 } : await readSample(sending);
  const reason =
    written === 0
      ? 'nothing was written'
      : `of ${read.rows} that were read back, ${read.carry === read.rows ? 'all' : `${read.carry}`} have what was written`;
  await sending.at('before finish');
  const calls = sending.spent();
  await sending.commit(async (tx) => {
    await movePublication(tx, publication.id, { state: 'finished', reason, finishedAt: now(), resumeAt: null, calls });
    await addAudit(tx, {
      ...{ at: now(), actor: publication.by, action: 'publication.finished', subject: `publication ${publication.id}` },
      details: {
        org: publication.orgId,
        rows: counts.map(({ object, state, rows }) => ({ object, state, rows })),
        read,
      },
    });
  });
}

async function readSample({ crm, store, publication }: Sending): Promise<{ rows: number; carry: number }> {
  const read = { rows: 0, carry: 0 };
  for (const object of scoredObjects) {
    const rows = await rowsOf(store, publication.id, { object, states: ['written'], spread: sampleRows });
    if (rows.length === 0) continue;
    const ids = rows.map(({ recordId }) => recordId);
    const now = await crm.reader.byId(object, ids, publishedNames);
    for (const { recordId, after } of rows) {
      const record = now.get(recordId);
      read.rows++;
      if (record !== undefined && carries(record, after)) read.carry++;
    }
  }
  return read;
}

function objectOf(name: string): ScoredObject {
  const object = scoredObjects.find((one) => one === name);
  if (object === undefined) throw new Error(`no scored object is called ${name}`);
  return object;
}
