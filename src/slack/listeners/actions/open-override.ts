import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readAccount } from '../../buttons/button-value.ts';
import type { Desk } from '../../desk.ts';
import { openOverride } from '../../judgements/override-tier.ts';
import { placeOfAction } from '../places.ts';

/** Override: the form opens first, since a trigger is good for three seconds. */
export function onOverride(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.override, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.override, () => openOverride(desk, place, readAccount(action.value)));
  });
}
