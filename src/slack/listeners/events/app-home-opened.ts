import type { App } from '@slack/bolt';
import type { Desk } from '../../desk.ts';
import { openHome } from '../../home/open-home.ts';

/** Somebody opened the Home or the Messages tab of the app. */
export function onHomeOpened(app: App, desk: Desk): void {
  app.event('app_home_opened', async ({ event }) => {
    await openHome(desk, event);
  });
}
