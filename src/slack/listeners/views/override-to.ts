import type { App } from '@slack/bolt';
import type { Tier } from '../../../icp/judgements/override.ts';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { overrideTier } from '../../judgements/override-tier.ts';
import { overrideFields } from '../../views/override.ts';
import { readMetadata } from '../places.ts';
import { formValues } from './form-values.ts';

/** A tier was given: what the form itself can tell is wrong stays in the form. */
export function onOverrideTo(app: App, desk: Desk): void {
  app.view(callbackIds.override, async ({ ack, body, view }) => {
    const values = formValues(view);
    const until = Date.parse(values[overrideFields.until] ?? '');
    if (!(until > desk.deps.now())) {
      await ack({
        response_action: 'errors',
        errors: { [overrideFields.until]: 'Choose a day that is still to come.' },
      });
      return;
    }
    await ack();
    const { place, account } = readMetadata(view.private_metadata, body.user.id);
    const said = { tier: tierOf(values[overrideFields.tier]), reason: values[overrideFields.reason] ?? '', until };
    await attempt(desk, place, callbackIds.override, () => overrideTier(desk, place, account, said));
  });
}

function tierOf(value: string | undefined): Tier {
  return value === '1' ? 1 : value === '2' ? 2 : 3;
}
