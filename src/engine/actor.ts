import { IcpError } from '../errors.ts';
import type { Person, Role } from '../icp/types.ts';
import { listPeople } from '../store/people.ts';
import type { Store } from '../store/store.ts';

/**
 * Who acts: a person, who is looked up again whatever the button believed, or whoever sits at the command line of the machine
 * and may do everything there anyway. `via` is said of a person for whom somebody else typed.
 */
export type Actor = { kind: 'person'; email: string; via?: string } | { kind: 'operator'; name: string };

/** An actor as it is recorded. */
export interface Acting {
  /** For the row: the person's address, or the command line. */
  by: string;
  byName: string;
  /** For the audit log: with the command line where somebody typed for a person. */
  recorded: string;
  /** `null` for the operator. */
  person: Person | null;
}

/** Any role: whoever the company knows. */
export const everyone: readonly Role[] = ['rep', 'leader', 'revops', 'cs', 'admin'];

/**
 * Makes sure that somebody may do something, by the role that they have now.
 *
 * @param wanted.what in words, as the beginning of a sentence: `overriding a tier`
 * @throws {IcpError} `not_allowed` for somebody whom nobody knows, or whose role may not
 */
export async function requireRole(
  store: Store,
  actor: Actor,
  wanted: { what: string; roles: readonly Role[] },
): Promise<Acting> {
  if (actor.kind === 'operator') {
    const by = `via command line by ${actor.name}`;
    return { by, byName: actor.name, recorded: by, person: null };
  }
  const { email, via } = actor;
  const people = await listPeople(store);
  const person = people.find((one) => one.email.toLowerCase() === email.toLowerCase()) ?? null;
  if (person === null || !wanted.roles.includes(person.role)) {
    const among =
      wanted.roles.length === 1 ? `the role ${wanted.roles[0]}` : `one of the roles ${wanted.roles.join(', ')}`;
    const able = people.filter(({ role }) => wanted.roles.includes(role)).map(({ name }) => name);
    throw new IcpError(
      'not_allowed',
      `${wanted.what} needs ${among}, and ${person?.name ?? email} is ${person?.role ?? 'nobody we know'}; ask ${able.length === 0 ? 'whoever runs Lodestar to give somebody that role' : able.slice(0, 3).join(', ')}`,
    );
  }
  const recorded = via === undefined ? person.email : `${person.email}, ${via}`;
  return { by: person.email, byName: person.name, recorded, person };
}
