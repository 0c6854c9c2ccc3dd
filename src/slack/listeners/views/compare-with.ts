import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { showComparison } from '../../answers/show-account.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { readMetadata } from '../places.ts';
import { wordsOf } from './words-of.ts';

/** The other account was named: the comparison goes into the thread of the card. */
export function onCompareWith(app: App, desk: Desk): void {
  app.view(callbackIds.compare, async ({ ack, body, view }) => {
    await ack();
    const { place, account } = readMetadata(view.private_metadata, body.user.id);
    await attempt(desk, place, callbackIds.compare, () => showComparison(desk, place, account, wordsOf(view) ?? ''));
  });
}
