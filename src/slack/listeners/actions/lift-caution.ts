import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readSubject } from '../../buttons/subject-value.ts';
import type { Desk } from '../../desk.ts';
import { liftCaution } from '../../judgements/caution-kind.ts';
import { placeOfAction } from '../places.ts';

/** Lift: the caution is off the cards. */
export function onLiftCaution(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.liftCaution, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.liftCaution, () => liftCaution(desk, place, readSubject(action.value)));
  });
}
