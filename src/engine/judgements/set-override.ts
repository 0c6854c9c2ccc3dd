import { IcpError, UsageError } from '../../errors.ts';
import type { Override, Tier } from '../../icp/judgements/override.ts';
import { type Role, roles } from '../../icp/types.ts';
import { addAudit } from '../../store/audit.ts';
import { addOverride, endOverride, overrideAt, overrideOf } from '../../store/overrides.ts';
import { storedScoreNow } from '../../store/scores.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, requireRole } from '../actor.ts';
import { usableReason } from './usable-reason.ts';

export const overridersSetting = 'governance.overriders';

const usualOverriders: readonly Role[] = ['revops', 'leader', 'admin'];
const dayMs = 86_400_000;
const longestDays = 366;

interface Ports {
  store: Store;
  now: () => number;
}

export interface OverrideWanted {
  book: string;
  accountId: string;
  tier: Tier;
  reason: string;
  /** The first day on which it holds no more. */
  until: number;
  actor: Actor;
}

/**
 * Puts a person's tier beside the model's, until a day. The model's score and tier stay what they are.
 *
 * One that is there for the account already ends with it. What the model says at this moment is kept, so that the two can be
 * held against each other when the account is won or lost.
 *
 * @throws {IcpError} `not_allowed` for a role that may not
 * @throws {UsageError} without a reason, or for a day that is past or more than a year ahead
 */
export async function setOverride(
  { store, now }: Ports,
  wanted: OverrideWanted,
): Promise<{ override: Override; replaced: Override | null }> {
  const { book, accountId, tier, until } = wanted;
  const who = await requireRole(store, wanted.actor, await mayOverride(store));
  const reason = usableReason(wanted.reason, 'an override');
  const at = now();
  if (!(until > at)) throw new UsageError(`an override lasts until a day that is still to come, got ${dayOf(until)}`);
  if (until > at + longestDays * dayMs)
    throw new UsageError(
      `an override lasts a year at most, got one until ${dayOf(until)}; set it again when it lapses`,
    );
  return store.transaction(async (tx) => {
    const score = await storedScoreNow(tx, book, accountId);
    const entry = {
      ...{ book, accountId, tier, reason, by: who.by, byName: who.byName, setAt: at, until },
      ...{
        modelVersion: score?.modelVersion ?? null,
        modelTier: score?.tier ?? null,
        modelScore: score?.score ?? null,
      },
    };
    const { id, replaced } = await addOverride(tx, entry);
    const override: Override = { ...entry, id, endedAt: null, endedBy: null };
    await addAudit(tx, {
      ...{ at, actor: who.recorded, action: 'override.set', subject: `account ${accountId} of ${book}` },
      details: {
        ...{
          id,
          tier,
          reason,
          until: dayOf(until),
          modelTier: override.modelTier,
          modelVersion: override.modelVersion,
        },
        ...(replaced === null ? {} : { replaces: replaced.id }),
      },
    });
    return { override, replaced };
  });
}

/**
 * Lifts an override before its day: by its number, or the one that an account has now.
 *
 * @returns `changed` is false when it had ended before
 * @throws {IcpError} `not_allowed`; `no_override` when there is none
 */
export async function liftOverride(
  { store, now }: Ports,
  wanted: { actor: Actor } & ({ overrideId: number } | { book: string; accountId: string }),
): Promise<{ override: Override; changed: boolean }> {
  const who = await requireRole(store, wanted.actor, await mayOverride(store));
  const at = now();
  const found =
    'overrideId' in wanted
      ? await overrideOf(store, wanted.overrideId)
      : await overrideAt(store, wanted.book, wanted.accountId, at);
  if (found === null)
    throw new IcpError('no_override', 'there is no override to lift here; the tier is the model’s own');
  const changed = await store.transaction(async (tx) => {
    if (!(await endOverride(tx, found.id, who.by, at))) return false;
    const subject = `account ${found.accountId} of ${found.book}`;
    await addAudit(tx, { at, actor: who.recorded, action: 'override.lifted', subject, details: { id: found.id } });
    return true;
  });
  return { override: (await overrideOf(store, found.id)) ?? found, changed };
}

/** The roles that may override: those of the setting, or RevOps, leaders and administrators. */
async function mayOverride(store: Store): Promise<{ what: string; roles: readonly Role[] }> {
  const value = (await settingOf(store, overridersSetting))?.value;
  const chosen = Array.isArray(value) ? roles.filter((role) => value.includes(role)) : [];
  return { what: 'overriding a tier', roles: chosen.length > 0 ? chosen : usualOverriders };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
