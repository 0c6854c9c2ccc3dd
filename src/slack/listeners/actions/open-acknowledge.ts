import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { acknowledgeModal } from '../../views/lapse.ts';
import { placeOfAction, writePlace } from '../places.ts';

/** Acknowledge: the reason is asked for first. A trigger is good for three seconds, so nothing is read before. */
export function onAcknowledge(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.acknowledge, async ({ ack, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.acknowledge, async () => {
      await desk.client.views.open({ trigger_id: body.trigger_id, view: acknowledgeModal(writePlace(place, 'lapse')) });
    });
  });
}
