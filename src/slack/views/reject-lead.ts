import type { ModalView } from '@slack/types';
import { callbackIds, inputIds, reasonIds } from '../action-ids.ts';
import { limits } from '../limits.ts';
import { section } from './blocks.ts';
import { label, plain } from './text.ts';

const longestOption = 75;
const mostOptions = 20;

/**
 * Why a lead is turned down: a kind of reason, words of one's own, or both.
 *
 * @param kinds what leads of the book are turned down for; none while that is being looked up
 */
export function rejectLeadModal(name: string, metadata: string, kinds: readonly string[] = []): ModalView {
  const text = (words: string, max: number) => ({
    type: 'plain_text' as const,
    text: label(words, max),
    emoji: false,
  });
  // The value of an option has the same limit as its text, and comes back as the reason.
  const options = [...new Set(kinds.map((kind) => label(kind, longestOption)).filter((kind) => kind !== ''))]
    .slice(0, mostOptions)
    .map((kind) => ({ text: text(kind, longestOption), value: kind }));
  return {
    type: 'modal',
    callback_id: callbackIds.rejectLead,
    private_metadata: metadata,
    title: text('Reject a lead', limits.modalTitle),
    submit: text('Reject', limits.modalButton),
    close: text('Cancel', limits.modalButton),
    blocks: [
      section(`You turn *${plain(name, 150)}* down. The reason goes into the record, and the model learns from it.`),
      ...(options.length === 0
        ? []
        : [
            {
              type: 'input' as const,
              block_id: reasonIds.block,
              optional: true,
              label: text('What is the matter with it?', limits.inputLabel),
              element: {
                type: 'static_select' as const,
                action_id: reasonIds.element,
                placeholder: text('Choose a reason', limits.inputPlaceholder),
                options,
              },
            },
          ]),
      {
        type: 'input',
        block_id: inputIds.block,
        optional: true,
        label: text('In your own words', limits.inputLabel),
        element: {
          type: 'plain_text_input',
          action_id: inputIds.element,
          multiline: true,
          max_length: 400,
          placeholder: text('For example: a student project, not a company', limits.inputPlaceholder),
        },
      },
    ],
  };
}
