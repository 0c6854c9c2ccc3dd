import { IcpError } from '../../errors.ts';
import type { AccountValue } from '../buttons/button-value.ts';
import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { section } from '../views/blocks.ts';
import { plain } from '../views/text.ts';

/** Hands a new name on, and says in the thread who gave it. Whether the person may is checked where it is kept. */
export async function renameFinding(desk: Desk, place: Place, segment: AccountValue, name: string): Promise<void> {
  const { rename } = desk.deps;
  if (!rename) throw new IcpError('not_here', 'names cannot be given here; use lodestar rename');
  const by = await desk.findPerson(place.user);
  const renamed = await rename({ book: segment.book, segment: segment.id, name, by });
  const text = `${plain(by.name, 80)} calls the segment ${plain(renamed.before, 80)} *${plain(renamed.name, 80)}* now. Later analyses keep the name.`;
  await post(desk.client, place, { text: text.replaceAll('*', ''), blocks: [section(text)] });
}
