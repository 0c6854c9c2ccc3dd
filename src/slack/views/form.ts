import type { InputBlock, KnownBlock, ModalView, PlainTextElement, PlainTextOption } from '@slack/types';
import { limits } from '../limits.ts';
import { label } from './text.ts';

/** A modal with several fields; each block is found by its id when it is sent. */
export function formModal(form: {
  callbackId: string;
  title: string;
  /** `null`: there is nothing to send (yet). */
  submit: string | null;
  metadata: string;
  blocks: readonly KnownBlock[];
}): ModalView {
  return {
    type: 'modal',
    callback_id: form.callbackId,
    private_metadata: form.metadata,
    title: text(form.title, limits.modalTitle),
    ...(form.submit === null ? {} : { submit: text(form.submit, limits.modalButton) }),
    close: text('Cancel', limits.modalButton),
    blocks: [...form.blocks],
  };
}

interface Field {
  /** Of the block and of what is in it: `formValues` gives the value under this name. */
  id: string;
  question: string;
  optional?: boolean;
  /** A line under the field. */
  hint?: string;
  /** The app hears of every value that is entered, not only of the form. */
  tells?: boolean;
}

export function textField(
  field: Field & { placeholder?: string; value?: string; multiline?: boolean; shortest?: number; longest?: number },
): InputBlock {
  return input(field, {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.multiline ?? false,
    max_length: field.longest ?? 1000,
    ...(field.shortest === undefined ? {} : { min_length: field.shortest }),
    ...(field.value === undefined || field.value === '' ? {} : { initial_value: field.value }),
    ...(field.placeholder === undefined ? {} : { placeholder: text(field.placeholder, limits.inputPlaceholder) }),
  });
}

/** A number within bounds; the value is what was typed. */
export function numberField(field: Field & { value?: number; least: number; most: number }): InputBlock {
  return input(field, {
    type: 'number_input',
    action_id: field.id,
    is_decimal_allowed: true,
    min_value: String(field.least),
    max_value: String(field.most),
    ...(field.value === undefined ? {} : { initial_value: String(field.value) }),
  });
}

/** One of some, at most a hundred. */
export function choiceField(
  field: Field & { options: readonly { value: string; label: string }[]; value?: string },
): InputBlock {
  const options = field.options.map(
    (option): PlainTextOption => ({ value: option.value, text: text(option.label, limits.buttonText) }),
  );
  const chosen = options.find(({ value }) => value === field.value);
  return input(field, {
    type: 'static_select',
    action_id: field.id,
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  });
}

/** A day; the value is an ISO date. */
export function dayField(field: Field & { value?: string }): InputBlock {
  return input(field, {
    type: 'datepicker',
    action_id: field.id,
    ...(field.value === undefined ? {} : { initial_date: field.value }),
  });
}

/** A channel, by its id. */
export function channelField(field: Field & { value?: string }): InputBlock {
  return input(field, {
    type: 'conversations_select',
    action_id: field.id,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    // Slack refuses a whole view for one initial channel that is none.
    ...(field.value !== undefined && /^[CG][A-Z0-9]+$/.test(field.value) ? { initial_conversation: field.value } : {}),
  });
}

function input(field: Field, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    optional: field.optional ?? false,
    label: text(field.question, limits.inputLabel),
    ...(field.tells === true ? { dispatch_action: true } : {}),
    ...(field.hint === undefined ? {} : { hint: text(field.hint, limits.inputPlaceholder) }),
    element,
  };
}

function text(words: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: label(words, max), emoji: false };
}
