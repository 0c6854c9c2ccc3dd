import type { App } from '@slack/bolt';
import { commandName } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import { answerCommand } from '../../commands/answer-command.ts';
import { parseCommand } from '../../commands/parse-command.ts';
import type { Desk } from '../../desk.ts';
import { placeOfCommand } from '../places.ts';

/** `/icp ...`: a command, or a question in plain words. */
export function onIcpCommand(app: App, desk: Desk): void {
  app.command(commandName, async ({ ack, command, respond }) => {
    await ack();
    const place = placeOfCommand(command, respond);
    await attempt(desk, place, commandName, () => answerCommand(desk, place, parseCommand(command.text)));
  });
}
