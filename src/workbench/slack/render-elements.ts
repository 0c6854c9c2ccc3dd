import { attributes, escapeHtml, safeLink } from './html.ts';
import { asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import type { State } from './state.ts';

/**
 * Buttons, menus and inputs as native controls.
 *
 * The page never builds a value itself: each control carries `data-action` and `data-block`, and the server looks the
 * element up again when it is used.
 */
export function renderElement(state: State, element: JsonObject, blockId: string, held?: JsonObject): string {
  const type = asText(element.type);
  const data = {
    ...{ 'data-action': asText(element.action_id), 'data-block': blockId, 'data-type': type },
    ...(element.tells === true ? { 'data-tells': tellsWhen(element) } : {}),
  };
  switch (type) {
    case 'button':
    case 'workflow_button':
      return renderButton(element, data);
    case 'feedback_buttons': {
      const buttons = [element.positive_button, element.negative_button].map(asObject);
      return buttons.map((button) => renderChoice(button, data)).join('');
    }
    case 'icon_button':
      return `<button type="button" class="icon-button"${attributes(data)}>${escapeHtml(plain(element.text))}</button>`;
    case 'overflow':
      return `<details class="overflow"><summary aria-label="More actions">&#8943;</summary><div class="menu" role="menu">${asObjects(
        element.options,
      )
        .map(
          (option) =>
            `<button type="button" role="menuitem"${attributes({ ...data, 'data-value': asText(option.value) })}>${escapeHtml(plain(option.text))}</button>`,
        )
        .join('')}</div></details>`;
    case 'checkboxes':
    case 'radio_buttons':
      return renderChoices(element, blockId, data, held);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return renderInput(element, data, held);
    case 'image': {
      const src = asText(element.image_url);
      return `<img class="accessory-image"${attributes({ src, alt: asText(element.alt_text) })}>`;
    }
    default:
      return renderSelect(state, element, data, held);
  }
}

type Data = Record<string, string>;

/** When an input of a block with `dispatch_action` is told of. @see https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object */
function tellsWhen(element: JsonObject): 'change' | 'character' | 'enter' {
  if (!/^(plain_text|number|email_text|url_text)_input$/.test(asText(element.type))) return 'change';
  const { trigger_actions_on: when } = asObject(element.dispatch_action_config);
  return Array.isArray(when) && when.includes('on_character_entered') ? 'character' : 'enter';
}

function renderButton(element: JsonObject, data: Data): string {
  const label = escapeHtml(plain(element.text));
  const style = asText(element.style);
  const url = safeLink(asText(element.url));
  const given = {
    ...data,
    class: `button ${style}`.trim(),
    'aria-label': asText(element.accessibility_label) || undefined,
    'data-url': url,
    ...confirmation(element.confirm),
  };
  return `<button type="button"${attributes(given)}>${label}</button>`;
}

/** A confirmation dialog asks before the press is sent. @see https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
function confirmation(confirm: Json | undefined): Record<string, string> {
  if (!confirm) return {};
  const { title, text, confirm: yes, deny } = asObject(confirm);
  return {
    'data-confirm': JSON.stringify({ title: plain(title), text: plain(text), yes: plain(yes), no: plain(deny) }),
  };
}

function renderChoice(button: JsonObject, data: Data): string {
  const given = { ...data, class: 'button feedback', 'data-value': asText(button.value) };
  return `<button type="button"${attributes(given)}>${escapeHtml(plain(button.text))}</button>`;
}

function renderChoices(element: JsonObject, blockId: string, data: Data, held?: JsonObject): string {
  const kind = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  const initial = [...asObjects(element.initial_options), asObject(element.initial_option)];
  const chosen = held ? [...asObjects(held.selected_options), asObject(held.selected_option)] : initial;
  const rows = asObjects(element.options).map((option) => {
    const value = asText(option.value);
    const checked = chosen.some((one) => one.value === value);
    const box = attributes({ type: kind, name: `${blockId}:${asText(element.action_id)}`, value, checked });
    const description = option.description ? `<small>${escapeHtml(plain(option.description))}</small>` : '';
    return `<label class="choice"><input${box}><span>${escapeHtml(plain(option.text))}${description}</span></label>`;
  });
  return `<fieldset class="choices"${attributes(data)}>${rows.join('')}</fieldset>`;
}

const INPUT_TYPES: Record<string, string> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

function renderInput(element: JsonObject, data: Data, held?: JsonObject): string {
  const initial = element.initial_value ?? element.initial_date ?? element.initial_time;
  const value = asText(held ? (held.value ?? held.selected_date ?? held.selected_time) : initial);
  const given = {
    ...data,
    placeholder: plain(element.placeholder) || undefined,
    maxlength: asText(element.max_length) || undefined,
    minlength: asText(element.min_length) || undefined,
    min: asText(element.min_value) || undefined,
    max: asText(element.max_value) || undefined,
    autofocus: element.focus_on_load === true,
  };
  if (element.multiline === true) return `<textarea rows="4"${attributes(given)}>${escapeHtml(value)}</textarea>`;
  const type = INPUT_TYPES[asText(element.type)];
  const step = element.is_decimal_allowed === true ? 'any' : undefined;
  return `<input${attributes({ ...given, type, value, step })}>`;
}

function renderSelect(state: State, element: JsonObject, data: Data, held?: JsonObject): string {
  const multiple = data['data-type']?.startsWith('multi_') ?? false;
  const chosen = chosenValues(held ?? element);
  const option = (value: string, label: string) =>
    `<option${attributes({ value, selected: chosen.includes(value) })}>${escapeHtml(label)}</option>`;
  const own = [
    ...asObjects(element.options).map((one) => option(asText(one.value), plain(one.text))),
    ...asObjects(element.option_groups).map((group) => {
      const inside = asObjects(group.options).map((one) => option(asText(one.value), plain(one.text)));
      return `<optgroup${attributes({ label: plain(group.label) })}>${inside.join('')}</optgroup>`;
    }),
  ];
  const options =
    own.length > 0 ? own : [...placesAndPeople(state, data['data-type'] ?? '')].map(([id, label]) => option(id, label));
  const empty = multiple
    ? ''
    : `<option value="">${escapeHtml(plain(element.placeholder) || 'Choose an option')}</option>`;
  const given = { ...data, multiple, 'aria-label': plain(element.placeholder) || 'Choose an option' };
  return `<select${attributes(given)}>${empty}${options.join('')}</select>`;
}

function placesAndPeople(state: State, type: string): Map<string, string> {
  if (type.includes('user')) return new Map(state.workspace.users.map((user) => [user.id, user.realName]));
  if (type.includes('channel') || type.includes('conversation')) {
    return new Map(state.workspace.channels.map((channel) => [channel.id, `#${channel.name}`]));
  }
  return new Map();
}

function chosenValues(from: JsonObject): string[] {
  const options = [from.initial_option, from.selected_option].map(asObject);
  const several = [...asObjects(from.initial_options), ...asObjects(from.selected_options)];
  const ids = [
    'initial_user',
    'initial_channel',
    'initial_conversation',
    'selected_user',
    'selected_channel',
    'selected_conversation',
  ];
  return [...[...options, ...several].map((one) => asText(one.value)), ...ids.map((name) => asText(from[name]))].filter(
    Boolean,
  );
}

/** The words of a text object. */
export function plain(text: unknown): string {
  return asText(asObject(text).text);
}
