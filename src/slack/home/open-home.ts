import type { AppHomeOpenedEvent, KnownBlock } from '@slack/types';
import { IcpError } from '../../errors.ts';
import type { Person } from '../../icp/types.ts';
import type { Desk } from '../desk.ts';
import { homeView, suggestedPrompts } from '../views/home.ts';
import { proposalsAtHome } from '../views/proposal-notices.ts';
import { settingsAtHome } from '../views/settings.ts';

/** Home says what can be asked; the Messages tab offers it. */
export async function openHome(
  desk: Desk,
  opened: Pick<AppHomeOpenedEvent, 'user' | 'channel' | 'tab'>,
): Promise<void> {
  if (opened.tab === 'messages') {
    // With the agent view Slack silently drops prompts that come with a thread.
    await desk.client.assistant.threads.setSuggestedPrompts({ channel_id: opened.channel, prompts: suggestedPrompts });
    return;
  }
  const person = await personOrStranger(desk, opened.user);
  const view = homeView(person, await proposalsFor(desk, person), await settingsFor(desk, person));
  await desk.client.views.publish({ user_id: opened.user, view });
}

/** What waits for the person, and what comes into force; a stranger is told nothing. */
async function proposalsFor({ deps: { proposals } }: Desk, person: Person | null): Promise<KnownBlock[]> {
  if (proposals === undefined || person === null) return [];
  const { living } = await proposals.list();
  return proposalsAtHome(living, await proposals.mayDecide(person));
}

/** How the house is set, for those who may change it. */
async function settingsFor({ deps }: Desk, person: Person | null): Promise<KnownBlock[]> {
  const read = person === null ? null : ((await deps.settings?.read(person)) ?? null);
  return read === null ? [] : settingsAtHome(read.settings, read.people);
}

async function personOrStranger(desk: Desk, user: string): Promise<Person | null> {
  try {
    return await desk.findPerson(user);
  } catch (error) {
    if (error instanceof IcpError) return null;
    throw error;
  }
}
