import type { Activation } from '../../store/models.ts';
import { listPeople } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { deciders } from './deciders.ts';

const atTheCommandLine = 'via command line by ';

/**
 * Who put a model in force and may not decide on the ICP any more, by the role that they have now, as the beginning of a sentence.
 *
 * A first model was decided on by nobody, and whoever sits at the command line of the machine may do everything there anyway.
 *
 * @returns `null` where all of them still may
 */
export async function lostApproval(store: Store, { by, kind, version }: Activation): Promise<string | null> {
  if (kind === 'first') return null;
  // The name of an operator may have a comma in it.
  const approvers = by.split(/, (?=via command line by |[^\s,]+@)/).filter((one) => !one.startsWith(atTheCommandLine));
  const [people, able] = [await listPeople(store), await deciders(store)];
  const lost = approvers.flatMap((email) => {
    const person = people.find((one) => one.email.toLowerCase() === email.toLowerCase());
    if (person === undefined) return [`${email}, who is nobody we know any more`];
    return able.includes(person.role) ? [] : [`${person.name}, who is ${person.role} now`];
  });
  if (lost.length === 0) return null;
  return `model ${version} was approved by ${lost.join(' and by ')}, and approving needs ${able.length === 1 ? `the role ${able[0]}` : `one of the roles ${able.join(', ')}`}`;
}
