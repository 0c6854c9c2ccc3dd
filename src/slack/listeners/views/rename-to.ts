import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { renameFinding } from '../../judgements/rename-finding.ts';
import { readMetadata } from '../places.ts';
import { wordsOf } from './words-of.ts';

/** A segment was given a name: everybody in the thread sees which, and by whom. */
export function onRenameTo(app: App, desk: Desk): void {
  app.view(callbackIds.rename, async ({ ack, body, view }) => {
    await ack();
    const { place, account } = readMetadata(view.private_metadata, body.user.id);
    await attempt(desk, place, callbackIds.rename, () => renameFinding(desk, place, account, wordsOf(view) ?? ''));
  });
}
