import type { Person, Role } from '../types.ts';
import { isSetInCrm, type Override } from './override.ts';

const teams: Readonly<Record<Role, string>> = {
  rep: 'sales reps',
  leader: 'sales leaders',
  revops: 'RevOps',
  cs: 'customer success',
  admin: 'administrators',
};

/** The team of whoever set an override, by the people that the company knows. */
export function teamsOf(
  people: readonly Pick<Person, 'email' | 'role'>[],
): (override: Pick<Override, 'by' | 'byName'>) => string {
  const roles = new Map(people.map(({ email, role }) => [email.toLowerCase(), role]));
  return (override) => {
    const role = roles.get(override.by.toLowerCase());
    if (role !== undefined) return teams[role];
    return isSetInCrm(override) ? 'others in Salesforce' : 'the command line';
  };
}
