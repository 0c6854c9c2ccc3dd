import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { votes } from '../../../icp/proposals/proposal-event.ts';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readLine } from '../../buttons/line-value.ts';
import type { Desk } from '../../desk.ts';
import { voteOnProposal } from '../../proposals/decide-on-lines.ts';
import { showProposals, simulateIn } from '../../proposals/show-proposal.ts';
import { placeOfPress, readLineMetadata } from '../places.ts';

/** Posts the digest where the button is, or into the person's own conversation from Home. */
export function onProposalShown(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.proposalShow), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfPress(body, respond);
    await attempt(desk, place, action.action_id, () => showProposals(desk, place, readLine(action.value).proposalId));
  });
}

/** A vote in the sales check: anybody has one. */
export function onSalesCheck(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.salesCheck), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfPress(body, respond);
    const vote = votes[Number(action.action_id.split(':')[1])] ?? 'cannot say';
    await attempt(desk, place, action.action_id, () => voteOnProposal(desk, place, readLine(action.value), vote));
  });
}

/** Other lines were picked for a simulation. */
export function onLinesPicked(app: App, desk: Desk): void {
  app.action<BlockAction>(actionIds.simulateLines, async ({ ack, action, body }) => {
    await ack();
    if (body.view === undefined || action.type !== 'multi_static_select') return;
    const { view } = body;
    const { place, line } = readLineMetadata(view.private_metadata, body.user.id);
    const lines = action.selected_options.map(({ value }) => Number(value));
    await attempt(desk, place, actionIds.simulateLines, () => simulateIn(desk, place, line, view.id, lines));
  });
}
