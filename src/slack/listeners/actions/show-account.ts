import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { showAccount } from '../../answers/show-account.ts';
import { attempt } from '../../attempt.ts';
import { readAccount } from '../../buttons/button-value.ts';
import type { Desk } from '../../desk.ts';
import { placeOfAction } from '../places.ts';

/** The card of an account: a row of a list, or one that was perhaps meant. */
export function onAccount(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.account), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.account, () => showAccount(desk, place, readAccount(action.value)));
  });
}
