import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { keepEdit } from '../../proposals/edit-line.ts';
import { redrawLines } from '../../proposals/show-proposal.ts';
import { wrongIn } from '../../views/edit-line.ts';
import { readLineMetadata } from '../places.ts';
import { entered } from './entered.ts';

/** An edit was sent: it is kept, and the messages follow. What the form itself can tell is wrong stays in the form. */
export function onLineEdited(app: App, desk: Desk): void {
  app.view(callbackIds.lineEdit, async ({ ack, body, view }) => {
    const { mode, values } = entered(view);
    const errors = wrongIn(mode, values);
    if (errors !== null) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const { place, line } = readLineMetadata(view.private_metadata, body.user.id);
    await attempt(desk, place, callbackIds.lineEdit, async () => {
      await keepEdit(desk, place, line, { mode, values });
      await redrawLines(desk, place, view.previous_view_id, line);
    });
  });
}
