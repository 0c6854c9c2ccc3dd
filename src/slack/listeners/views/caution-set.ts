import type { App } from '@slack/bolt';
import { UsageError } from '../../../errors.ts';
import { readWhere } from '../../../questions/read-where.ts';
import { callbackIds } from '../../action-ids.ts';
import { attempt } from '../../attempt.ts';
import type { Desk } from '../../desk.ts';
import { cautionKind } from '../../judgements/caution-kind.ts';
import { cautionFields } from '../../views/caution.ts';
import { readPlace } from '../places.ts';
import { formValues } from './form-values.ts';

/** A caution was written: what the form itself can tell is wrong stays in the form. */
export function onCautionSet(app: App, desk: Desk): void {
  app.view(callbackIds.caution, async ({ ack, body, view }) => {
    const values = formValues(view);
    const where = values[cautionFields.where] ?? '';
    const until = values[cautionFields.until] === undefined ? null : Date.parse(values[cautionFields.until] ?? '');
    const errors = {
      ...complaintOf(where),
      ...(until === null || until > desk.deps.now()
        ? {}
        : { [cautionFields.until]: 'Choose a day that is still to come.' }),
    };
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    await ack();
    const { place } = readPlace(view.private_metadata, body.user.id);
    const said = { where, text: values[cautionFields.text] ?? '', until };
    await attempt(desk, place, callbackIds.caution, () => cautionKind(desk, place, said));
  });
}

function complaintOf(where: string): Record<string, string> {
  try {
    const named = Object.keys(readWhere(where)).length > 0;
    return named ? {} : { [cautionFields.where]: 'Say which accounts, such as industry=SaaS.' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { [cautionFields.where]: 'Write field=value, such as industry=SaaS.' };
  }
}
