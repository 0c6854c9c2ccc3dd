import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readLine } from '../../buttons/line-value.ts';
import type { Desk } from '../../desk.ts';
import { openEdit } from '../../proposals/edit-line.ts';
import { openApproveFrom, openReject } from '../../proposals/open-decision.ts';
import { openDetails, openLines, openReceipt, openSimulation } from '../../proposals/show-proposal.ts';
import { placeOfPress } from '../places.ts';

/** What opens a form or something to read. A trigger is good for three seconds, so all of them open before anything is read. */
export function onLineOpened(app: App, desk: Desk): void {
  for (const [actionId, open] of [
    [anyNumbered(actionIds.lineReject), openReject],
    [anyNumbered(actionIds.lineEdit), openEdit],
    [anyNumbered(actionIds.lineDetails), openDetails],
    [actionIds.proposalApproveFrom, openApproveFrom],
    [actionIds.proposalSimulate, openSimulation],
    [actionIds.proposalLines, openLines],
    [anyNumbered(actionIds.proposalReceipt), openReceipt],
  ] as const) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, action, body, respond }) => {
      await ack();
      const place = placeOfPress(body, respond);
      await attempt(desk, place, action.action_id, () =>
        open(desk, place, readLine(action.value), body.view?.type === 'modal'),
      );
    });
  }
}
