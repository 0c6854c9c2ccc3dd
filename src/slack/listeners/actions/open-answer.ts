import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readSubject } from '../../buttons/subject-value.ts';
import type { Desk } from '../../desk.ts';
import { answerModal } from '../../views/flag.ts';
import { placeOfAction, writeFlagMetadata } from '../places.ts';

/** Answer: what was found is asked for first. A trigger is good for three seconds, so nothing is read before. */
export function onAnswer(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.answerFlag, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.answerFlag, async () => {
      const flag = readSubject(action.value);
      const view = answerModal(flag.name, writeFlagMetadata(place, flag));
      await desk.client.views.open({ trigger_id: body.trigger_id, view });
    });
  });
}
