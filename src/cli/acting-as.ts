import { IcpError, UsageError } from '../errors.ts';
import type { Person } from '../icp/types.ts';
import { personByName } from '../store/people.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/** Whom the operator may act for at the command line: `true` is everybody, otherwise their addresses. */
export const actingAsSetting = 'cli.as';

/**
 * The person that somebody at the command line acts for, and how that is to be recorded.
 *
 * @throws {UsageError} when nobody was named, or nobody goes by that name
 * @throws {IcpError} `not_allowed` where the settings do not allow it
 */
export async function actingAs(
  store: Store,
  { typed, operator }: { typed: unknown; operator: string },
): Promise<{ person: Person; via: string }> {
  if (typeof typed !== 'string') throw new UsageError('this needs --as USER: an e-mail, a Slack id or a name');
  const person = await personByName(store, typed);
  if (person === null) throw new UsageError(`--as needs a person of the people table, got ${typed}`);
  const allowed = (await settingOf(store, actingAsSetting))?.value;
  const may = allowed === true || (Array.isArray(allowed) && allowed.includes(person.email));
  if (!may)
    throw new IcpError(
      'not_allowed',
      `acting for ${person.name} needs the setting ${actingAsSetting}; allow it with lodestar settings ${actingAsSetting} true, or name the addresses in a list`,
    );
  return { person, via: `via command line by ${operator}` };
}
