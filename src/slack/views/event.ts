import type { ModalView } from '@slack/types';
import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import { writeSubject } from '../buttons/subject-value.ts';
import type { RecordedEvent } from '../judgements/judgement-deps.ts';
import { actions, button, context, type Message, section } from './blocks.ts';
import { choiceField, dayField, formModal, textField } from './form.ts';
import { plain } from './text.ts';

export const eventFields = { kind: 'kind', on: 'on', note: 'note' } as const;
export const eventTitle = 'Record an event';

const ofAccounts = ['acquired', 'merged', 'new leadership', 'reorganised', 'disruption of its industry', 'other'];
const ofOurs = ['repositioned', 'new product', 'new market', 'new prices', 'other'];

/** What happened to an account, or to our own company, that makes what is older misleading. */
export function eventModal(accountName: string | null, metadata: string, today: string): ModalView {
  const intro =
    accountName === null
      ? 'What happened to *our own company*? The criteria will say how much of what the model learnt from predates it.'
      : `What happened to *${plain(accountName, 150)}*? Its signals and use from before that day are muted, with a line on its card. It can be undone.`;
  const kinds = accountName === null ? ofOurs : ofAccounts;
  return formModal({
    ...{ callbackId: callbackIds.event, title: eventTitle, submit: 'Record', metadata },
    blocks: [
      section(intro),
      choiceField({
        id: eventFields.kind,
        question: 'What happened',
        options: kinds.map((kind) => ({ value: kind, label: kind })),
      }),
      dayField({ id: eventFields.on, question: 'On', value: today, hint: 'From this day on things count again' }),
      textField({
        ...{ id: eventFields.note, question: 'In words', optional: true, longest: 200, shortest: 2 },
        placeholder: 'For example: acquired by Globex',
      }),
    ],
  });
}

/** Everybody in the channel sees what was recorded, and what it did to the score. */
export function eventMessage(name: string, { event, before, after }: RecordedEvent): Message {
  const what = plain(event.note ?? event.kind, 200);
  const whose = event.accountId === null ? 'our company' : plain(name, 150);
  const said = `${plain(event.byName, 80)} recorded of *${whose}*: ${what}, on ${formatDate(new Date(event.on).toISOString())}.`;
  const effect =
    event.accountId === null
      ? 'The criteria say how much of what the model learnt from predates it, and somebody has to review them.'
      : `Signals and use from before are muted. ${scores(before, after)}`;
  return {
    text: said.replaceAll('*', ''),
    blocks: [
      section(said),
      context(effect),
      actions([button('Undo', actionIds.undoEvent, writeSubject({ id: event.id, name }))]),
    ],
  };
}

/** The same when it was taken back. */
export function eventUndoneMessage(name: string, { event, before, after }: RecordedEvent, by: string): Message {
  const whose = event.accountId === null ? 'our company' : plain(name, 150);
  const said = `${plain(by, 80)} took back of *${whose}*: ${plain(event.note ?? event.kind, 200)}. What it muted counts again.`;
  const blocks = [section(said), ...(event.accountId === null ? [] : [context(scores(before, after))])];
  return { text: said.replaceAll('*', ''), blocks };
}

function scores(before: number | null, after: number | null): string {
  if (before === null || after === null) return 'It has no score yet.';
  if (before === after) return `Its score stays ${formatNumber(after, 1)}.`;
  return `Its score was ${formatNumber(before, 1)} and is ${formatNumber(after, 1)} now.`;
}
