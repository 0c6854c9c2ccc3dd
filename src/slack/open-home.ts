import type { AppHomeOpenedEvent } from '@slack/types';
import { IcpError } from '../errors.ts';
import type { Person } from '../icp/types.ts';
import type { Desk } from './desk.ts';
import { homeView, suggestedPrompts } from './views/home.ts';

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
  await desk.client.views.publish({ user_id: opened.user, view: homeView(await personOrStranger(desk, opened.user)) });
}

async function personOrStranger(desk: Desk, user: string): Promise<Person | null> {
  try {
    return await desk.findPerson(user);
  } catch (error) {
    if (error instanceof IcpError) return null;
    throw error;
  }
}
