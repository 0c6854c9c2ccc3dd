import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { decideOnLines } from '../../proposals/decide-on-lines.ts';
import { redrawLines } from '../../proposals/show-proposal.ts';
import { proposalFields } from '../../views/proposal-modals.ts';
import { readLineMetadata } from '../places.ts';
import { formValues } from './form-values.ts';

const dayMs = 86_400_000;

/** Somebody said why a line is rejected. */
export function onLineRejected(app: App, desk: Desk): void {
  app.view(callbackIds.lineReject, async ({ ack, body, view }) => {
    await ack();
    const { place, line } = readLineMetadata(view.private_metadata, body.user.id);
    const reason = formValues(view)[proposalFields.reason] ?? '';
    await attempt(desk, place, callbackIds.lineReject, async () => {
      await decideOnLines(desk, place, line, { verdict: 'rejected', reason, effectiveAt: null });
      await redrawLines(desk, place, view.previous_view_id, line);
    });
  });
}

/** Somebody approved all of it from a day on: a day that is over stays in the form. */
export function onApprovedFrom(app: App, desk: Desk): void {
  app.view(callbackIds.proposalApproveFrom, async ({ ack, body, view }) => {
    const effectiveAt = Date.parse(formValues(view)[proposalFields.day] ?? '');
    if (!(effectiveAt > desk.deps.now() - dayMs)) {
      await ack({ response_action: 'errors', errors: { [proposalFields.day]: 'Choose today or a day to come.' } });
      return;
    }
    await ack();
    const { place, line } = readLineMetadata(view.private_metadata, body.user.id);
    await attempt(desk, place, callbackIds.proposalApproveFrom, () =>
      decideOnLines(desk, place, line, { verdict: 'approved', reason: null, effectiveAt }),
    );
  });
}
