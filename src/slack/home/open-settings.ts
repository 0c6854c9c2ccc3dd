import { IcpError } from '../../errors.ts';
import type { Desk } from '../desk.ts';
import { openForm } from '../judgements/account-form.ts';
import type { Place } from '../post.ts';
import { settingsModal } from '../views/settings.ts';
import { openHome } from './open-home.ts';

/** Opens the form of the settings, as they stand, for somebody who may change them. */
export async function openSettings(desk: Desk, place: Place): Promise<void> {
  const person = await desk.findPerson(place.user);
  const read = (await desk.deps.settings?.read(person)) ?? null;
  if (read === null)
    throw new IcpError(
      'not_allowed',
      `changing settings needs one of the roles revops, admin, and ${person.name} is ${person.role}; ask RevOps`,
    );
  await openForm(desk, place, settingsModal(read.settings, read.people));
}

/**
 * Keeps what was filled in, and shows Home as it is now.
 *
 * @returns what is wrong, by field; nothing was kept then
 */
export async function saveSettings(
  desk: Desk,
  user: string,
  values: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const by = await desk.findPerson(user);
  if (desk.deps.settings === undefined)
    throw new IcpError('not_here', 'settings cannot be changed here; use lodestar settings');
  const ended = await desk.deps.settings.change({ values, by });
  return 'errors' in ended ? ended.errors : {};
}

/** Home, for somebody who has changed what stands on it. */
export async function refreshHome(desk: Desk, user: string): Promise<void> {
  await openHome(desk, { user, channel: user, tab: 'home' });
}
