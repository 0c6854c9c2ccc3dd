import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { answerDoubt } from '../../judgements/answer-doubt.ts';
import { answerField } from '../../views/flag.ts';
import { readFlagMetadata } from '../places.ts';
import { formValues } from './form-values.ts';

/** A doubt was answered. */
export function onAnswerFlag(app: App, desk: Desk): void {
  app.view(callbackIds.answerFlag, async ({ ack, body, view }) => {
    await ack();
    const { place, flag } = readFlagMetadata(view.private_metadata, body.user.id);
    const answer = formValues(view)[answerField] ?? '';
    await attempt(desk, place, callbackIds.answerFlag, () => answerDoubt(desk, place, flag, answer));
  });
}
