import type { App } from '@slack/bolt';
import { answerMessage, isForUs, spoken } from '../../conversation/answer-message.ts';
import type { Desk } from '../../desk.ts';

/** A direct message, or a follow-up in a thread where we have spoken. */
export function onMessage(app: App, desk: Desk): void {
  app.event('message', async ({ event, body, context }) => {
    const message = spoken(event, context.botUserId);
    if (message && (await isForUs(desk, message))) await answerMessage(desk, message, body.event_id);
  });
}
