import type { App } from '@slack/bolt';
import { IcpError } from '../../../errors.ts';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { errorSentence } from '../../error-sentence.ts';
import { refreshHome, saveSettings } from '../../home/open-settings.ts';
import { formValues } from './form-values.ts';

/** Settings were sent: what is wrong stands beside its field, so it is checked before the form closes. */
export function onSettingsSaved(app: App, desk: Desk): void {
  app.view(callbackIds.settings, async ({ ack, body, view }) => {
    const values = formValues(view);
    const errors = await saveSettings(desk, body.user.id, values).catch((error: unknown) => {
      if (!(error instanceof IcpError)) throw error;
      const [first = 'settings'] = Object.keys(view.state.values);
      return { [first]: errorSentence(error) };
    });
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const home = { channel: body.user.id, threadTs: null, user: body.user.id, respond: null };
    await attempt(desk, home, callbackIds.settings, () => refreshHome(desk, body.user.id));
  });
}
