import type { App } from '@slack/bolt';
import { answerMessage, spoken } from '../../conversation/answer-message.ts';
import type { Desk } from '../../desk.ts';

/** Somebody wrote `@Lodestar ...`. */
export function onMention(app: App, desk: Desk): void {
  app.event('app_mention', async ({ event, body, context }) => {
    const message = spoken(event, context.botUserId);
    if (message) await answerMessage(desk, message, body.event_id);
  });
}
