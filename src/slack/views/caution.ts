import type { ModalView } from '@slack/types';
import type { Caution } from '../../icp/judgements/caution.ts';
import { formatDate } from '../../questions/format-figure.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import { writeSubject } from '../buttons/subject-value.ts';
import { actions, button, context, type Message, section } from './blocks.ts';
import { dayField, formModal, textField } from './form.ts';
import { plain } from './text.ts';

export const cautionFields = { where: 'where', text: 'text', until: 'until' } as const;
const longestText = 300;

/** Which accounts have something that no data shows yet, what that is, and until when. */
export function cautionModal(where: string, metadata: string): ModalView {
  return formModal({
    ...{ callbackId: callbackIds.caution, title: 'Caution a kind', submit: 'Caution', metadata },
    blocks: [
      section(
        'What has changed for a *kind of accounts* and is in no data yet? Their scores stay; whoever reads one sees your words beside it.',
      ),
      textField({
        ...{ id: cautionFields.where, question: 'Which accounts', value: where, longest: 300, shortest: 3 },
        ...{ placeholder: 'industry=SaaS; region=EMEA', hint: 'field=value, several with a semicolon between' },
      }),
      textField({
        ...{ id: cautionFields.text, question: 'What a reader must know', longest: longestText, shortest: 10 },
        ...{ multiline: true, placeholder: 'For example: a new law halts purchases until it is settled' },
      }),
      dayField({ id: cautionFields.until, question: 'Until', optional: true, hint: 'Empty: until somebody lifts it' }),
    ],
  });
}

/** Everybody in the channel sees what is cautioned against, and by whom. */
export function cautionMessage({ id, conditions, text, byName, until }: Caution): Message {
  const kind = plain(kindOf(conditions), 300);
  const said = `${plain(byName, 80)} cautions against scores where *${kind}*: ${plain(text, longestText)}`;
  const lapses = until === null ? 'Until somebody lifts it.' : `Until ${formatDate(new Date(until).toISOString())}.`;
  return {
    text: said.replaceAll('*', ''),
    blocks: [
      section(said),
      context(`${lapses} Scores stay what they are; the words stand on every card of the kind.`),
      actions([button('Lift', actionIds.liftCaution, writeSubject({ id, name: kindOf(conditions) }))]),
    ],
  };
}

/** The same when it was lifted. */
export function cautionLiftedMessage({ conditions, text }: Caution, by: string): Message {
  const said = `${plain(by, 80)} lifted the caution where *${plain(kindOf(conditions), 300)}*: ${plain(text, longestText)}`;
  return { text: said.replaceAll('*', ''), blocks: [section(said)] };
}

function kindOf(conditions: Caution['conditions']): string {
  return conditions.map(({ label }) => label).join(' and ');
}
