import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { actionIds, anyNumbered } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { answerCommand } from '../../commands/answer-command.ts';
import { parseCommand } from '../../commands/parse-command.ts';
import type { Desk } from '../../desk.ts';
import { placeOfAction } from '../places.ts';

/** A button that carries a question: did you mean, what else. */
export function onAsk(app: App, desk: Desk): void {
  app.action<BlockAction<ButtonAction>>(anyNumbered(actionIds.ask), async ({ ack, action, body, respond }) => {
    await ack();
    const place = placeOfAction(body, respond);
    await attempt(desk, place, actionIds.ask, () => answerCommand(desk, place, parseCommand(action.value ?? '')));
  });
}
