import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readAlert } from '../../buttons/alert-value.ts';
import type { Desk } from '../../desk.ts';
import { decideOnAlert, decisionOf } from '../../judgements/decide-on-alert.ts';
import { placeOfAction } from '../places.ts';

/** Acknowledge and Snooze: the message of the alert says afterwards who did it. */
export function onAlertDecision(app: App, desk: Desk): void {
  for (const actionId of [actionIds.alertAcknowledge, anyNumbered(actionIds.alertSnooze)]) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, action, body, respond }) => {
      await ack();
      const place = placeOfAction(body, respond);
      await attempt(desk, place, action.action_id, async () => {
        const alert = readAlert(action.value);
        await decideOnAlert(desk, place, alert, decisionOf(alert, desk.deps.now()));
      });
    });
  }
}
