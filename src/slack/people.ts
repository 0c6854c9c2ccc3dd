import type { WebClient } from '@slack/web-api';
import { IcpError } from '../errors.ts';
import type { Person } from '../icp/types.ts';
import type { SlackDeps } from './deps.ts';

const rememberedFor = 5 * 60_000;

/** Slack user to person and role; a stranger is refused, for an answer holds what the company knows of its accounts. */
export type FindPerson = (slackUserId: string) => Promise<Person>;

/**
 * Looks people up by Slack id, then by the e-mail address of their profile, and remembers them for five minutes.
 *
 * Roles are not remembered for decisions: whatever writes checks the person again.
 */
export function createFindPerson({ people, now }: Pick<SlackDeps, 'people' | 'now'>, client: WebClient): FindPerson {
  const known = new Map<string, { person: Person; until: number }>();
  return async (slackUserId) => {
    const remembered = known.get(slackUserId);
    if (remembered && remembered.until > now()) return remembered.person;
    const person = (await people(slackUserId, null)) ?? (await people(slackUserId, await emailOf(client, slackUserId)));
    if (!person) {
      throw new IcpError(
        'unknown_person',
        'this needs somebody the company knows, and your Slack profile matches nobody; ask RevOps to add your e-mail address to the people of Lodestar',
      );
    }
    known.set(slackUserId, { person, until: now() + rememberedFor });
    return person;
  };
}

async function emailOf(client: WebClient, user: string): Promise<string | null> {
  const { user: found } = await client.users.info({ user });
  return found?.profile?.email ?? null;
}
