import type { ModalView } from '@slack/types';
import { callbackIds, inputIds } from '../action-ids.ts';
import { limits } from '../limits.ts';
import { section } from './blocks.ts';
import { label, plain } from './text.ts';

interface WordsModal {
  callbackId: string;
  title: string;
  submit: string;
  intro: string;
  question: string;
  hint: string;
  multiline: boolean;
  optional: boolean;
  metadata: string;
}

/** Which other account to compare with. */
export function compareModal(accountName: string, metadata: string): ModalView {
  return wordsModal({
    callbackId: callbackIds.compare,
    title: 'Compare',
    submit: 'Compare',
    intro: `Compare *${plain(accountName, 150)}* with another account.`,
    question: 'The other account',
    hint: 'Its name, domain or id',
    multiline: false,
    optional: false,
    metadata,
  });
}

/** What is wrong with a score. A reason helps, and may be left out. */
export function wrongModal(accountName: string, metadata: string): ModalView {
  return wordsModal({
    callbackId: callbackIds.wrong,
    title: 'What is wrong?',
    submit: 'Send',
    intro: `You doubt the score of *${plain(accountName, 150)}*. A person will look at it; the score stays as it is until then.`,
    question: 'What do you know that the score does not?',
    hint: 'For example: they were bought by a competitor in May',
    multiline: true,
    optional: true,
    metadata,
  });
}

/** Why a customer is not at risk. The reason is kept, and keeps the same signs of it quiet for a while. */
export function notARiskModal(accountName: string, metadata: string): ModalView {
  return wordsModal({
    callbackId: callbackIds.notARisk,
    title: 'Not a risk',
    submit: 'Send',
    intro: `You say that *${plain(accountName, 150)}* is not about to leave. For half a year nothing more is said of the signs it shows now.`,
    question: 'What do you know that the alert does not?',
    hint: 'For example: half the team is on leave until May',
    multiline: true,
    optional: false,
    metadata,
  });
}

/** What a segment is to be called. */
export function renameModal(segmentName: string, metadata: string): ModalView {
  return wordsModal({
    callbackId: callbackIds.rename,
    title: 'Rename',
    submit: 'Rename',
    intro: `The segment is called *${plain(segmentName, 150)}*. Later analyses keep the name that you give it.`,
    question: 'Its name',
    hint: 'As your team would say it',
    multiline: false,
    optional: false,
    metadata,
  });
}

function wordsModal(modal: WordsModal): ModalView {
  const text = (words: string, max: number) => ({
    type: 'plain_text' as const,
    text: label(words, max),
    emoji: false,
  });
  return {
    type: 'modal',
    callback_id: modal.callbackId,
    private_metadata: modal.metadata,
    title: text(modal.title, limits.modalTitle),
    submit: text(modal.submit, limits.modalButton),
    close: text('Cancel', limits.modalButton),
    blocks: [
      section(modal.intro),
      {
        type: 'input',
        block_id: inputIds.block,
        optional: modal.optional,
        label: text(modal.question, limits.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: inputIds.element,
          multiline: modal.multiline,
          max_length: 1000,
          placeholder: text(modal.hint, limits.inputPlaceholder),
        },
      },
    ],
  };
}
