import { type ScoredObject, scoredObjects } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { orgWithId } from '../../icp/org-in-words.ts';
import { estimateCalls, rowsInJob } from '../../icp/publishing/estimate-calls.ts';
import { activationsOf } from '../../store/models.ts';
import { rowCounts } from '../../store/publication-rows.ts';
import { isAsFrozen, orgOf } from '../../store/publications.ts';
import { publicationPaused } from '../governance/publication-paused.ts';
import { lostApproval } from '../proposals/lost-approval.ts';
import { requireApprovedModel } from './may-publish.ts';
import { requireFields } from './require-fields.ts';
import { Halt, laterMs, type Sending } from './sending.ts';

/** A row is as wide as this, for the estimate of jobs. */
const usualBytes = 900;
/** So much of a day's calls is left to others. */
const reserve = 0.2;

/** Why nothing more of a plan is sent: a row of it was touched. `null`: it is still the plan that was frozen. */
export async function recheckPlan({ store, publication }: Sending): Promise<string | null> {
  if (await isAsFrozen(store, publication)) return null;
  return 'the plan is not what was frozen: its rows have another hash, so nothing of it is sent; lodestar verify says more';
}

/** @throws {Halt} `paused` where another org is connected than the one that a plan is for */
export async function requireOrg({ crm, publication }: Sending): Promise<void> {
  const org = await crm.org();
  if (org.id !== publication.orgId)
    throw new Halt(
      'paused',
      `the plan is for the org ${orgWithId(orgOf(publication))}, and the one that is connected is ${orgWithId(org)}; connect the first`,
      laterMs,
    );
}

/** Why a plan is not to be sent any more: another model is in force, or nobody answers for this one. `null`: it still stands. */
export async function supersededBy({ store, publication }: Sending): Promise<string | null> {
  if (publication.kind === 'undo') return null;
  try {
    const { model, activation } = await requireApprovedModel(store, publication.book, publication.by);
    if (model.version === publication.modelVersion && activation.contentHash === publication.modelHash) return null;
    return `model ${model.version} is in force now, and the plan is by model ${publication.modelVersion}; publish anew`;
  } catch (error) {
    if (error instanceof IcpError) return error.message;
    throw error;
  }
}

/** @throws {Halt} `paused` where whoever approved the model in force has lost the role for that since */
export async function requireApprover({ store, publication }: Sending): Promise<void> {
  const { kind, book } = publication;
  const activation = (await activationsOf(store, book)).at(-1);
  // What takes something back needs no model.
  const lost = kind === 'undo' || activation === undefined ? null : await lostApproval(store, activation);
  if (lost === null || activation === undefined) return;
  throw new Halt(
    'paused',
    `${lost}; it goes on when the role is given back, or somebody who has one approves the model again: lodestar rollback ${activation.version} --reason TEXT`,
    laterMs,
  );
}

/**
 * Makes sure that what is still to be sent can be sent now.
 *
 * @throws {Halt} `paused`, with what is in the way
 */
export async function recheckWay(sending: Sending): Promise<void> {
  const { store, crm, publication, now } = sending;
  // What takes something back is never held up by what should have been calibrated.
  const paused = publication.kind === 'undo' ? null : await publicationPaused(store, now());
  if (paused !== null) throw new Halt('paused', paused, laterMs);
  const waiting = new Map<ScoredObject, number>();
  for (const { object, state, rows } of await rowCounts(store, publication.id)) {
    const scored = scoredObjects.find((one) => one === object);
    if (scored !== undefined && (state === 'waiting' || state === 'sent'))
      waiting.set(scored, (waiting.get(scored) ?? 0) + rows);
  }
  if (waiting.size === 0) return;
  await requireFields(crm, [...waiting.keys()]);
  const { most, left } = await crm.writer.budget();
  const need = estimateCalls([...waiting.values()], rowsInJob(usualBytes)).calls;
  if (left - need < reserve * most)
    throw new Halt(
      'paused',
      `sending needs ${need} calls and leaves a fifth of the day's ${most} to others, and ${left} are left; it goes on when there are more`,
      laterMs,
    );
}
