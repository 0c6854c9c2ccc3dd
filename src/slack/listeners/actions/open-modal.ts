import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readAccount } from '../../buttons/button-value.ts';
import type { Desk } from '../../desk.ts';
import { compareModal, renameModal, wrongModal } from '../../views/modals.ts';
import { placeOfAction, writeMetadata } from '../places.ts';

/** Compare, Wrong? and Rename: all need words from the person first. A trigger is good for three seconds, so nothing is read before. */
export function onWordsWanted(app: App, desk: Desk): void {
  for (const [actionId, modal] of [
    [actionIds.compare, compareModal],
    [actionIds.wrong, wrongModal],
    [actionIds.rename, renameModal],
  ] as const) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, action, body, respond }) => {
      await ack();
      const place = placeOfAction(body, respond);
      await attempt(desk, place, actionId, async () => {
        const account = readAccount(action.value);
        const view = modal(account.name, writeMetadata(place, account));
        await desk.client.views.open({ trigger_id: body.trigger_id, view });
      });
    });
  }
}
