import type { App } from '@slack/bolt';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { recordEvent } from '../../judgements/record-event.ts';
import { eventFields } from '../../views/event.ts';
import { readMetadata } from '../places.ts';
import { formValues } from './form-values.ts';

/** Somebody said what happened. */
export function onRecordEvent(app: App, desk: Desk): void {
  app.view(callbackIds.event, async ({ ack, body, view }) => {
    await ack();
    const { place, account } = readMetadata(view.private_metadata, body.user.id);
    const values = formValues(view);
    const said = {
      kind: values[eventFields.kind] ?? 'other',
      on: Date.parse(values[eventFields.on] ?? ''),
      note: values[eventFields.note] ?? null,
    };
    await attempt(desk, place, callbackIds.event, () => recordEvent(desk, place, account, said));
  });
}
