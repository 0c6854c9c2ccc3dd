import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { showBreakdown } from '../../answers/show-account.ts';
import { attempt } from '../../attempt.ts';
import { readAccount } from '../../buttons/button-value.ts';
import type { Desk } from '../../desk.ts';
import { placeOfAction } from '../places.ts';

/** Why: the full breakdown, in the thread of the card. */
export function onWhy(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.why), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.why, () => showBreakdown(desk, place, readAccount(action.value)));
  });
}
