import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { acknowledge } from '../../judgements/acknowledge.ts';
import { acknowledgeField } from '../../views/lapse.ts';
import { readPlace } from '../places.ts';
import { formValues } from './form-values.ts';

/** Somebody answers for a missed calibration. */
export function onAcknowledged(app: App, desk: Desk): void {
  app.view(callbackIds.acknowledge, async ({ ack, body, view }) => {
    await ack();
    const { place } = readPlace(view.private_metadata, body.user.id);
    const reason = formValues(view)[acknowledgeField] ?? '';
    await attempt(desk, place, callbackIds.acknowledge, () => acknowledge(desk, place, reason));
  });
}
