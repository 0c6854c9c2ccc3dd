import { type Role, roles } from '../../icp/types.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { type Acting, type Actor, requireRole } from '../actor.ts';

export const decidersSetting = 'governance.deciders';
const usualDeciders: readonly Role[] = ['revops', 'admin'];

/** The roles that may decide on changes of the ICP. */
export async function deciders(store: Store): Promise<readonly Role[]> {
  const set = (await settingOf(store, decidersSetting))?.value;
  const named = Array.isArray(set) ? roles.filter((role) => set.includes(role)) : [];
  return named.length === 0 ? usualDeciders : named;
}

/**
 * Makes sure that somebody may decide on changes of the ICP.
 *
 * @param what in words, as the beginning of a sentence
 * @throws {IcpError} `not_allowed`
 */
export async function requireDecider(store: Store, actor: Actor, what: string): Promise<Acting> {
  return requireRole(store, actor, { what, roles: await deciders(store) });
}
