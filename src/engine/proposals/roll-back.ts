import { IcpError } from '../../errors.ts';
import { addAudit } from '../../store/audit.ts';
import { activateModel, activationsOf, activeModel, modelOfVersion, type StoredModel } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';
import type { Actor } from '../actor.ts';
import { requireDecider } from './deciders.ts';
import { lostApproval } from './lost-approval.ts';

/**
 * Puts an earlier version in force again, or approves the one in force again where whoever did has lost the role for it. What is proposed or scheduled on the version before is stale from then on, and says so.
 *
 * @throws {IcpError} `not_allowed`; `no_reason`; `no_model` for a version that is not there or of another book; `in_force`
 */
export async function rollBack(
  { store, now }: { store: Store; now: () => number },
  { book, version, reason, actor }: { book: string; version: number; reason: string; actor: Actor },
): Promise<{ before: StoredModel; after: StoredModel }> {
  const by = await requireDecider(store, actor, 'rolling the ICP back');
  if (reason.trim() === '')
    throw new IcpError('no_reason', 'rolling back needs a reason for those who read it later; give one');
  const at = now();
  return store.transaction(async (transaction) => {
    const before = await activeModel(transaction, book);
    const wanted = await modelOfVersion(transaction, version);
    if (before === null || wanted === null || wanted.book !== book || wanted.activatedAt === null)
      throw new IcpError(
        'no_model',
        `version ${version} was never in force in the book ${book}; lodestar models lists those that were`,
      );
    const last = (await activationsOf(transaction, book)).at(-1);
    const isApproved = last === undefined || (await lostApproval(transaction, last)) === null;
    if (before.version === version && isApproved)
      throw new IcpError('in_force', `version ${version} is in force already`);
    await activateModel(transaction, version, { by: by.by, at, kind: 'rolled back', reason: reason.trim() });
    await addAudit(transaction, {
      ...{ at, actor: by.recorded, action: 'model.rolled back', subject: `version ${version} of ${book}` },
      details: { from: before.version, reason: reason.trim() },
    });
    return { before, after: { ...wanted, activatedAt: at, activatedBy: by.by } };
  });
}
