import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readLead } from '../../buttons/lead-value.ts';
import type { Desk } from '../../desk.ts';
import { answerLead, undoLead } from '../../leads/answer-lead.ts';
import { placeOfAction } from '../places.ts';

/** Accept and Undo: the message of the lead says afterwards who did it, and when. */
export function onLeadAnswer(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.leadAccept), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    const said = { answer: 'accepted', reason: null } as const;
    await attempt(desk, place, actionIds.leadAccept, () => answerLead(desk, place, readLead(action.value), said));
  });
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.leadUndo), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.leadUndo, () => undoLead(desk, place, readLead(action.value)));
  });
}
