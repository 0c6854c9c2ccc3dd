import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readAccount } from '../../buttons/button-value.ts';
import type { Desk } from '../../desk.ts';
import { liftTier } from '../../judgements/override-tier.ts';
import { placeOfAction } from '../places.ts';

/** Lift override: the account has its own tier again. */
export function onLiftOverride(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.liftOverride, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.liftOverride, () => liftTier(desk, place, readAccount(action.value)));
  });
}
