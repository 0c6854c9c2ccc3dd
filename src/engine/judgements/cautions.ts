import { IcpError, UsageError } from '../../errors.ts';
import type { Caution } from '../../icp/judgements/caution.ts';
import type { Condition } from '../../icp/patterns/condition.ts';
import type { Role } from '../../icp/types.ts';
import { addAudit } from '../../store/audit.ts';
import { addCaution, cautionsOf, endCaution } from '../../store/cautions.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, requireRole } from '../actor.ts';
import { usableReason } from './usable-reason.ts';

const cautioners: readonly Role[] = ['revops', 'leader', 'admin'];

interface Ports {
  store: Store;
  now: () => number;
}

/**
 * Puts a warning on every account of a kind, for what has changed and is in no data yet. Scores stay what they are.
 *
 * @throws {IcpError} `not_allowed` for a role that may not
 */
export async function setCaution(
  { store, now }: Ports,
  wanted: { book: string; conditions: readonly Condition[]; text: string; until: number | null; actor: Actor },
): Promise<Caution> {
  const who = await requireRole(store, wanted.actor, { what: 'cautioning against scores', roles: cautioners });
  const { book, conditions, until } = wanted;
  const text = usableReason(wanted.text, 'a caution');
  const at = now();
  if (conditions.length === 0)
    throw new UsageError('a caution needs the kind of accounts that it is about, such as --where industry=SaaS');
  if (until !== null && until <= at)
    throw new UsageError(`a caution lasts until a day that is still to come, got ${dayOf(until)}`);
  return store.transaction(async (tx) => {
    const caution = await addCaution(tx, {
      ...{ book, conditions, text, by: who.by, byName: who.byName, setAt: at, until },
    });
    const subject = `accounts of ${book} where ${conditions.map(({ label }) => label).join(' and ')}`;
    await addAudit(tx, {
      ...{ at, actor: who.recorded, action: 'caution.set', subject },
      details: { id: caution.id, text, until: until === null ? null : dayOf(until) },
    });
    return caution;
  });
}

/** @returns `changed` is false when it had ended before */
export async function liftCaution(
  { store, now }: Ports,
  { cautionId, actor }: { cautionId: number; actor: Actor },
): Promise<{ caution: Caution; changed: boolean }> {
  const who = await requireRole(store, actor, { what: 'ending a caution', roles: cautioners });
  const [caution] = await cautionsOf(store, [cautionId]);
  if (caution === undefined)
    throw new IcpError('no_caution', `no caution has the number ${cautionId}; lodestar cautions lists them`);
  const at = now();
  const changed = await store.transaction(async (tx) => {
    if (!(await endCaution(tx, cautionId, who.by, at))) return false;
    const subject = `caution ${cautionId} of ${caution.book}`;
    await addAudit(tx, { at, actor: who.recorded, action: 'caution.ended', subject, details: { id: cautionId } });
    return true;
  });
  return { caution, changed };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
