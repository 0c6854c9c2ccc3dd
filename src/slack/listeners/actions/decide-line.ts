import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readLine } from '../../buttons/line-value.ts';
import type { Desk } from '../../desk.ts';
import { decideOnLines } from '../../proposals/decide-on-lines.ts';
import { redrawLines } from '../../proposals/show-proposal.ts';
import { placeOfPress } from '../places.ts';

/** Approve, on a line or on all of them: at once. */
export function onApprove(app: App, desk: Desk): void {
  for (const actionId of [anyNumbered(actionIds.lineApprove), actionIds.proposalApprove]) {
    app.action<BlockAction<ButtonAction>>(actionId, async ({ ack, action, body, respond }) => {
      await ack();
      const place = placeOfPress(body, respond);
      await attempt(desk, place, action.action_id, async () => {
        const value = readLine(action.value);
        await decideOnLines(desk, place, value, { verdict: 'approved', reason: null, effectiveAt: null });
        await redrawLines(desk, place, body.view?.id ?? null, value);
      });
    });
  }
}
