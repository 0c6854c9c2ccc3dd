import { type ScoredObject, scoredObjects } from '../../connectors/crm.ts';
import { rowsPerCall } from '../../icp/publishing/estimate-calls.ts';
import { canaryFails, canaryRows } from '../../icp/publishing/sending-order.ts';
import { addAudit } from '../../store/audit.ts';
import { countRows, firstPlace, rowCounts, rowsOf } from '../../store/publication-rows.ts';
import { movePublication, type Publication } from '../../store/publications.ts';
import { carryOutStop } from './carry-out-stop.ts';
import { carries, publishedNames } from './plan-rows.ts';
import { recheckPlan, recheckWay, requireApprover, requireOrg, supersededBy } from './recheck.ts';
import { isOver, requirePublication } from './require-publication.ts';
import { sendCall } from './send-calls.ts';
import { sendJob } from './send-job.ts';
import { beginSending, Halt, haltOf, leave, moveOn, type Sending, type SendPorts } from './sending.ts';
import { settleSent } from './settle-sent.ts';

const sampleRows = 100;

/**
 * Sends a frozen plan to the CRM, from wherever it stands: it may be cut off at any moment and called again.
 *
 * Every intent is a row before the request, and every write an absolute value, so that nothing is lost and doing it twice
 * changes nothing. The first 200 rows of each object go alone; when more than 2 % of them fail, the rest is never sent.
 *
 * Where a person asks meanwhile that it stops, no further row is sent, and it ends once all that was sent is settled.
 *
 * @param options.evenIfPaused a person asks: not to wait until the time at which it would go on by itself
 * @param options.giveUp a person asks a second time that it stops: not to find out what cannot be found out
 * @returns the publication as it stands now; it is paused where the CRM is in the way, with the reason
 * @throws {IcpError} `no_publication`
 */
export async function sendPublication(
  ports: SendPorts,
  id: string,
  { evenIfPaused = false, giveUp = false }: { evenIfPaused?: boolean; giveUp?: boolean } = {},
): Promise<Publication> {
  const publication = await requirePublication(ports.store, id);
  if (isOver(publication) || (!evenIfPaused && waits(publication, ports.now()))) return publication;
  const sending = beginSending(ports, publication);
  if (publication.state !== 'stopping') await sendOn(sending);
  const left = await requirePublication(ports.store, id);
  if (left.state === 'stopping') await carryOutStop(sending, { giveUp });
  return requirePublication(ports.store, id);
}

/** Whether it waits for a time, or for a person. */
function waits({ state, resumeAt }: Publication, now: number): boolean {
  if (state === 'stopping') return resumeAt !== null && resumeAt > now;
  return state === 'paused' && (resumeAt === null || resumeAt > now);
}

/** Goes on until it is finished or something is in the way. */
async function sendOn(sending: Sending): Promise<void> {
  const { id } = sending.publication;
  try {
    await requireOrg(sending);
    const touched = await recheckPlan(sending);
    if (touched !== null) {
      await settleSent(sending, 'stop');
      throw new Halt('stopped', touched);
    }
    const superseded = await supersededBy(sending);
    await settleSent(sending, superseded === null ? 'go on' : 'settle');
    if (superseded !== null) throw new Halt('superseded', superseded);
    await requireApprover(sending);
    await recheckWay(sending);
    await sending.commit(async (tx) => {
      await sending.requireWanted(tx);
      await movePublication(tx, id, { state: 'sending', reason: null, resumeAt: null });
    });
    for (const object of scoredObjects) await sendObject(sending, object);
    await finish(sending);
  } catch (error) {
    const halt = haltOf(error);
    if (halt === null) throw error;
    if (halt.state !== 'stopping') await leave(sending, halt);
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
  await sending.commit(async (tx) => {
    if (!(await moveOn(sending, tx, { state: 'finished', reason, finishedAt: now(), resumeAt: null }))) return;
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
