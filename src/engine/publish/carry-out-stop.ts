import { orgInWords, orgWithId } from '../../icp/org-in-words.ts';
import { addAudit, auditOf } from '../../store/audit.ts';
import { movePublicationJob, openPublicationJobs } from '../../store/publication-jobs.ts';
import { countRows, giveUpSent, leaveOutWaiting } from '../../store/publication-rows.ts';
import { movePublication, orgOf, publicationOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { Halt, haltOf, laterMs, moveOn, type Sending, type SendPorts } from './sending.ts';
import { settleSent } from './settle-sent.ts';
import { stopAsked } from './stop-publication.ts';

/**
 * Ends a publication of which a person has asked that it stops: throws away or aborts its jobs, and asks the org of every row
 * that was sent whether it was written. Only then is it stopped; where the CRM cannot be asked, a later visit does it.
 *
 * @param options.giveUp a person has asked once more, knowing that another org is connected: nobody finds out what became of
 * the rows that are not settled
 */
export async function carryOutStop(sending: Sending, { giveUp }: { giveUp: boolean }): Promise<void> {
  const { store, publication, now } = sending;
  try {
    if (await isUnsettled(store, publication.id)) await settleOrGiveUp(sending, giveUp);
    await stopSettled(sending, publication.id, sending.spent());
  } catch (error) {
    const halt = haltOf(error);
    if (halt === null) throw error;
    const reason = `it is to be stopped, and what became of what was sent is not known yet: ${halt.message}`;
    const resumeAt = now() + (halt.forMs ?? laterMs);
    await sending.commit(async (tx) => {
      await moveOn(sending, tx, { state: 'stopping', reason, resumeAt });
    });
    sending.log?.('publication stopping', { id: publication.id, reason });
  }
}

/**
 * Stops a publication of which nothing is unsettled; asks nothing of the CRM.
 *
 * @param calls that are not written down yet
 * @returns whether it has stopped now
 */
export async function stopSettled(
  { store, now, fence }: Pick<SendPorts, 'store' | 'now' | 'fence'>,
  id: string,
  calls = 0,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    await fence?.(tx);
    const publication = await publicationOf(tx, id);
    if (publication?.state !== 'stopping' || (await isUnsettled(tx, id))) return false;
    const by = (await auditOf(tx, stopAsked, `publication ${id}`)).at(-1)?.actor ?? publication.by;
    const reason = `stopped by a person: ${by}`;
    await leaveOutWaiting(tx, id, reason);
    const ended = { state: 'stopped', reason, resumeAt: null, finishedAt: now(), calls } as const;
    await movePublication(tx, id, ended);
    await addAudit(tx, {
      ...{ at: now(), actor: by, action: 'publication.stopped', subject: `publication ${id}` },
      details: { reason },
    });
    return true;
  });
}

async function isUnsettled(store: Store, id: string): Promise<boolean> {
  return (await openPublicationJobs(store, id)).length > 0 || (await countRows(store, id, { states: ['sent'] })) > 0;
}

async function settleOrGiveUp(sending: Sending, giveUp: boolean): Promise<void> {
  const { id } = sending.publication;
  const meant = orgOf(sending.publication);
  const org = await sending.crm.org();
  if (org.id === meant.id) return settleSent(sending, 'stop');
  if (!giveUp)
    throw new Halt(
      'paused',
      `it was sent to the org ${orgWithId(meant)}, and the one that is connected is ${orgWithId(org)}; connect the first, or say lodestar publications stop ${id} again where it is gone for good`,
      laterMs,
    );
  await sending.commit(async (tx) => {
    for (const job of await openPublicationJobs(tx, id)) await movePublicationJob(tx, job, { state: 'given up' });
    await giveUpSent(tx, id, `it was sent to the org ${orgInWords(meant)}, which could not be asked any more`);
  });
}
