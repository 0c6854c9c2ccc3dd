import { IcpError } from '../errors.ts';
import type { Desk } from './desk.ts';
import { type Place, post, whisper } from './post.ts';
import { errorMessage } from './views/error-message.ts';

/**
 * Does the work of a listener. When it fails, the person who asked gets a sentence and the log gets the stack.
 *
 * Where there is a private way back (a command, a button) the sentence is for the asker alone.
 */
export async function attempt(desk: Desk, place: Place, what: string, work: () => Promise<void>): Promise<void> {
  const { log } = desk.deps;
  try {
    await work();
  } catch (error) {
    const details = { what, channel: place.channel, user: place.user };
    // Our own refusals are answers: the sentence says it all, unless something underneath caused it.
    if (error instanceof IcpError && error.cause === undefined) {
      log.info({ ...details, code: error.code, why: error.message }, 'a request could not be met');
    } else log.error({ ...details, err: error }, 'a request failed');
    try {
      if (place.respond) await whisper(desk.client, place, errorMessage(error));
      else await post(desk.client, place, errorMessage(error));
    } catch (unsaid) {
      log.error({ err: unsaid, what, channel: place.channel }, 'nor could the person be told');
    }
  }
}
