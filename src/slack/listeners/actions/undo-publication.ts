import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { undoPublication } from '../../publications/undo-publication.ts';
import { placeOfAction } from '../places.ts';

/** Undo: the records of a publication get back what they had. */
export function onUndoPublication(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.undoPublication, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.undoPublication, () => undoPublication(desk, place, action.value ?? ''));
  });
}
