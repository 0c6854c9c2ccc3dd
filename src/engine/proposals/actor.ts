import { IcpError } from '../../errors.ts';
import { type Role, roles } from '../../icp/types.ts';
import { listPeople } from '../../store/people.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

/** Somebody who does something: a person, by whatever way, or the operator at the command line. */
export type Actor = { kind: 'person'; email: string; via: string } | { kind: 'operator'; name: string };

/** Who did it, as it is kept. */
export interface ActedBy {
  by: string;
  byName: string;
  role: Role;
  via: string;
}

export const decidersSetting = 'governance.deciders';
const usualDeciders: readonly Role[] = ['revops', 'admin'];

/**
 * Looks an actor up afresh, whatever a button believed, and makes sure that the role suffices.
 *
 * @param what in words, for the refusal: `deciding on proposals`
 * @throws {IcpError} `not_allowed`
 */
export async function actingAs(store: Store, actor: Actor, allowed: readonly Role[], what: string): Promise<ActedBy> {
  if (actor.kind === 'operator') {
    const name = `via command line by ${actor.name}`;
    return { by: name, byName: name, role: 'admin', via: name };
  }
  const person = (await listPeople(store)).find(({ email }) => email.toLowerCase() === actor.email.toLowerCase());
  if (person === undefined || !allowed.includes(person.role)) {
    const able = (await listPeople(store)).filter(({ role }) => allowed.includes(role)).map(({ name }) => name);
    throw new IcpError(
      'not_allowed',
      `${what} needs the role ${allowed.join(' or ')}, and ${person?.name ?? actor.email} is ${person?.role ?? 'nobody we know'}; ${able.length === 0 ? 'nobody has that role: lodestar doctor says how to give it' : `ask ${able.slice(0, 3).join(', ')}`}`,
    );
  }
  return { by: person.email, byName: person.name, role: person.role, via: actor.via };
}

/** The roles that may decide on changes of the ICP. */
export async function deciders(store: Store): Promise<readonly Role[]> {
  const set = (await settingOf(store, decidersSetting))?.value;
  const named = Array.isArray(set) ? roles.filter((role) => set.includes(role)) : [];
  return named.length === 0 ? usualDeciders : named;
}
