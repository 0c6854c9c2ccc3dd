import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { readLead } from '../../buttons/lead-value.ts';
import type { Desk } from '../../desk.ts';
import { leadsOf } from '../../leads/answer-lead.ts';
import { rejectLeadModal } from '../../views/reject-lead.ts';
import { placeOfAction, writeLeadMetadata } from '../places.ts';

/** Reject: the reason is asked for first. A trigger is good for three seconds, so the known reasons are put in afterwards. */
export function onRejectLead(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.leadReject), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.leadReject, async () => {
      const lead = readLead(action.value);
      const metadata = writeLeadMetadata(place, lead);
      const { view } = await desk.client.views.open({
        trigger_id: body.trigger_id,
        view: rejectLeadModal(lead.name, metadata),
      });
      const kinds = await leadsOf(desk.deps).reasons(lead.book);
      if (view?.id === undefined || kinds.length === 0) return;
      await desk.client.views.update({ view_id: view.id, view: rejectLeadModal(lead.name, metadata, kinds) });
    });
  });
}
