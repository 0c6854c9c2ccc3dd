import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readSubject } from '../../buttons/subject-value.ts';
import type { Desk } from '../../desk.ts';
import { undoEvent } from '../../judgements/record-event.ts';
import { placeOfAction } from '../places.ts';

/** Undo: what an event muted counts again. */
export function onUndoEvent(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(actionIds.undoEvent, async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.undoEvent, () => undoEvent(desk, place, readSubject(action.value)));
  });
}
