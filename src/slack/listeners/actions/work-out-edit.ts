import type { App, BlockAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { switchFields, workOut } from '../../proposals/edit-line.ts';
import { readLineMetadata } from '../places.ts';
import { entered } from '../views/entered.ts';

/** Something was entered in the form of an edit, or the button under it pressed: what the line does then is worked out anew. */
export function onEditEntered(app: App, desk: Desk): void {
  for (const actionId of [anyNumbered(actionIds.editValue), actionIds.editWorkOut]) {
    app.action<BlockAction>(actionId, async ({ ack, body }) => {
      await ack();
      if (body.view === undefined) return;
      const { view } = body;
      const { place, line } = readLineMetadata(view.private_metadata, body.user.id);
      await attempt(desk, place, 'an edit', () => workOut(desk, place, line, view.id, entered(view)));
    });
  }
}

/** Its weight, or points by bin. */
export function onEditModeChosen(app: App, desk: Desk): void {
  app.action<BlockAction>(actionIds.editMode, async ({ ack, action, body }) => {
    await ack();
    if (body.view === undefined || action.type !== 'static_select') return;
    const { view } = body;
    const mode = action.selected_option?.value === 'points' ? 'points' : 'weight';
    const { place, line } = readLineMetadata(view.private_metadata, body.user.id);
    await attempt(desk, place, actionIds.editMode, () => switchFields(desk, place, line, view.id, mode));
  });
}
