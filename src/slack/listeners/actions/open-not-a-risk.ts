import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readAlert } from '../../buttons/alert-value.ts';
import type { Desk } from '../../desk.ts';
import { notARiskModal } from '../../views/modals.ts';
import { placeOfAction, writeAlertMetadata } from '../places.ts';

/** Not a risk: the reason is asked for first. A trigger is good for three seconds, so nothing is read before. */
export function onNotARisk(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.alertNotARisk, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.alertNotARisk, async () => {
      const alert = readAlert(action.value);
      const view = notARiskModal(alert.name, writeAlertMetadata(place, alert));
      await desk.client.views.open({ trigger_id: body.trigger_id, view });
    });
  });
}
