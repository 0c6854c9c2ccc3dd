import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { decideOnAlert } from '../../judgements/decide-on-alert.ts';
import { readAlertMetadata } from '../places.ts';
import { wordsOf } from './words-of.ts';

/** Somebody said why a customer is not at risk. */
export function onNotARiskBecause(app: App, desk: Desk): void {
  app.view(callbackIds.notARisk, async ({ ack, body, view }) => {
    await ack();
    const { place, alert } = readAlertMetadata(view.private_metadata, body.user.id);
    const reason = wordsOf(view) ?? 'no reason given';
    await attempt(desk, place, callbackIds.notARisk, () =>
      decideOnAlert(desk, place, alert, { kind: 'not a risk', reason }),
    );
  });
}
