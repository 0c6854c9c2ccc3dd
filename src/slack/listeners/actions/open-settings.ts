import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { openSettings } from '../../home/open-settings.ts';
import { placeOfAction } from '../places.ts';

/** Change settings: the form shows them as they stand. */
export function onSettings(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.settings, async ({ ack, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.settings, () => openSettings(desk, place));
  });
}
