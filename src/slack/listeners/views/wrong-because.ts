import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { recordDoubt } from '../../judgements/record-doubt.ts';
import { readMetadata } from '../places.ts';
import { wordsOf } from './words-of.ts';

/** A doubt was sent. */
export function onWrongBecause(app: App, desk: Desk): void {
  app.view(callbackIds.wrong, async ({ ack, body, view }) => {
    await ack();
    const { place, account } = readMetadata(view.private_metadata, body.user.id);
    await attempt(desk, place, callbackIds.wrong, () => recordDoubt(desk, place, account, wordsOf(view)));
  });
}
