import type { ModalView } from '@slack/types';
import { asSentence } from '../../questions/as-sentence.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import { actions, button, type Message, section } from './blocks.ts';
import { formModal, textField } from './form.ts';
import { plain } from './text.ts';

export const acknowledgeField = 'reason';

/** Nothing is published any more, and why; somebody may answer for it. */
export function lapseMessage(why: string): Message {
  const said = plain(asSentence(why), 2000);
  return {
    text: said,
    blocks: [section(said), actions([button('Acknowledge', actionIds.acknowledge, 'lapse')])],
  };
}

/** Why it may go on all the same. */
export function acknowledgeModal(metadata: string): ModalView {
  return formModal({
    ...{ callbackId: callbackIds.acknowledge, title: 'Acknowledge', submit: 'Acknowledge', metadata },
    blocks: [
      section('A calibration was missed. With your name and reason publication goes on until the next one is missed.'),
      textField({
        ...{ id: acknowledgeField, question: 'Why may it go on?', multiline: true, shortest: 3 },
        placeholder: 'For example: the migration of the CRM ends on Friday, and the analysis runs then',
      }),
    ],
  });
}

/** Who answered for it. */
export function acknowledgedMessage(by: string, reason: string): Message {
  const said = `${plain(by, 80)} acknowledged the missed calibration: “${plain(reason, 1000)}” Publication goes on until the next one is missed.`;
  return { text: said, blocks: [section(said)] };
}
