import type { App, ViewOutput } from '@slack/bolt';
import { rejectReason } from '../../../icp/leads/reject-reason.ts';
import { callbackIds, inputIds, reasonIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { answerLead } from '../../leads/answer-lead.ts';
import { readLeadMetadata } from '../places.ts';
import { wordsOf } from './words-of.ts';

/** Somebody said why a lead is turned down: a reason of the list, words of their own, or both, but not neither. */
export function onRejectLeadBecause(app: App, desk: Desk): void {
  app.view(callbackIds.rejectLead, async ({ ack, body, view }) => {
    const reason = rejectReason(chosen(view), wordsOf(view));
    if (reason === null) {
      const errors = { [inputIds.block]: 'Choose a reason above, or say in a few words what is the matter with it' };
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const { place, lead } = readLeadMetadata(view.private_metadata, body.user.id);
    const said = { answer: 'rejected', reason } as const;
    await attempt(desk, place, callbackIds.rejectLead, () => answerLead(desk, place, lead, said));
  });
}

function chosen(view: ViewOutput): string | null {
  return view.state.values[reasonIds.block]?.[reasonIds.element]?.selected_option?.value ?? null;
}
