import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { showReceipt } from '../../answers/show-account.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { placeOfAction } from '../places.ts';

/** Receipts: where the figures of a card came from. */
export function onReceipts(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.receipts, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.receipts, () => showReceipt(desk, place, action.value ?? ''));
  });
}
