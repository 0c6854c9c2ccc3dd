import type { Actor } from '../engine/actor.ts';
import { IcpError, UsageError } from '../errors.ts';
import { personByName } from '../store/people.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Asked } from './command.ts';

/** Who may be acted for on the command line: `true` is everybody, or a list of e-mail addresses. */
export const actAsSetting = 'cli.as';

/** The flags of `--as`, for the commands that act. */
export const asFlag = { flags: '--as <user>', description: 'acts for a person, where the setting cli.as allows it' };

/**
 * Who acts on the command line: the person of `--as`, or the operator.
 *
 * @throws {IcpError} `not_allowed` where the operator has not allowed acting for that person
 * @throws {UsageError} when nobody of the people table answers to the name
 */
export async function actingFor(
  store: Store,
  { options, operator }: Pick<Asked, 'options' | 'operator'>,
): Promise<Actor> {
  const typed = options.as;
  if (typeof typed !== 'string') return { kind: 'operator', name: operator };
  const person = await personByName(store, typed);
  if (person === null)
    throw new UsageError(`--as needs a person of the people table, got ${typed}; lodestar doctor lists them`);
  const allowed = (await settingOf(store, actAsSetting))?.value;
  const isAllowed =
    allowed === true ||
    (Array.isArray(allowed) && allowed.some((one) => String(one).toLowerCase() === person.email.toLowerCase()));
  if (!isAllowed)
    throw new IcpError(
      'not_allowed',
      `acting for ${person.name} needs the setting ${actAsSetting}; allow it with lodestar settings ${actAsSetting} '["${person.email}"]', or leave --as out`,
    );
  return { kind: 'person', email: person.email, via: `via command line by ${operator}` };
}
