// @ts-check
import { act } from '../../page/calls.js';
import { fill, h } from '../../page/dom.js';
import { everybody, me } from './who.js';

/** A tier that a person sets is nothing without a reason, so both are asked for together. */
const TOGETHER = ['ICP_Override__c', 'ICP_Override_Reason__c'];

/** Whether somebody is in the middle of an edit. */
export function isEditing() {
  return document.querySelector('form.edit') !== null;
}

/**
 * Puts a form in the place of a value.
 * @param {any} record
 * @param {any} field
 * @param {HTMLElement} line
 * @param {() => Promise<void>} again shows the record as it is by then
 */
export function edit(record, field, line, again) {
  document.querySelector('form.edit button[type="button"]')?.dispatchEvent(new Event('click'));
  const names = TOGETHER.includes(field.name) ? TOGETHER : [field.name];
  const fields = record.fields.filter((/** @type {any} */ one) => names.includes(one.name));
  const was = [...line.childNodes];
  const stop = async () => {
    line.replaceChildren(...was);
    const button = line.querySelector('.pencil');
    if (button instanceof HTMLElement) button.focus();
    await again();
  };
  const controls = new Map(fields.map((/** @type {any} */ one) => [one, controlFor(one)]));
  const save = async () => {
    const values = Object.fromEntries([...controls].map(([one, control]) => [one.name, entered(one, control)]));
    const done = await act('salesforce/edit', { object: record.object, id: record.id, values, by: me()?.id });
    if (done) await stop();
  };
  fill(
    line,
    h(
      'form',
      {
        class: 'edit',
        'aria-label': `Edit ${field.label}`,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          void save();
        },
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Escape') void stop();
        },
      },
      ...[...controls].map(([one, control]) =>
        h('label', {}, h('span', {}, one.label, one.required && ' (required)'), control),
      ),
      h(
        'span',
        { class: 'acts' },
        h('button', { type: 'submit', class: 'button primary' }, 'Save'),
        h('button', { type: 'button', class: 'button', onclick: stop }, 'Cancel'),
      ),
    ),
  );
  const first = [...controls].find(([one]) => one === field)?.[1];
  first?.focus();
}

/**
 * @param {any} field
 * @returns {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}
 */
function controlFor(field) {
  const value = field.value === null ? '' : typeof field.value === 'object' ? field.value.id : String(field.value);
  const options = optionsOf(field, value);
  if (options !== null) {
    const chosen = options.map(([id, name]) => h('option', { value: id, selected: id === value }, name));
    return /** @type {HTMLSelectElement} */ (h('select', {}, ...chosen));
  }
  if (field.type === 'boolean') {
    return /** @type {HTMLInputElement} */ (h('input', { type: 'checkbox', checked: field.value === true }));
  }
  if (field.type === 'textarea') return /** @type {HTMLTextAreaElement} */ (h('textarea', { rows: 3 }, value));
  const given = { type: kindOf(field.type), value: field.type === 'datetime' ? value.slice(0, 16) : value };
  return /** @type {HTMLInputElement} */ (
    h('input', { ...given, step: given.type === 'number' ? 'any' : undefined, maxlength: field.length || undefined })
  );
}

/**
 * What can be chosen; `null`: it is typed.
 * @param {any} field
 * @param {string} value
 * @returns {string[][] | null}
 */
function optionsOf(field, value) {
  if (field.type === 'reference') return everybody().map((user) => [user.id, user.name]);
  if (field.type !== 'picklist' || field.picklist.length === 0) return null;
  const known = field.picklist.includes(value) || value === '' ? field.picklist : [value, ...field.picklist];
  const options = known.map((/** @type {string} */ one) => [one, one]);
  return field.required ? options : [['', 'None'], ...options];
}

/** @param {string} type */
function kindOf(type) {
  if (['int', 'double', 'currency', 'percent'].includes(type)) return 'number';
  if (type === 'date') return 'date';
  return type === 'datetime' ? 'datetime-local' : 'text';
}

/**
 * @param {any} field
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control
 */
function entered(field, control) {
  if (field.type === 'boolean') return /** @type {HTMLInputElement} */ (control).checked;
  if (control.value.trim() === '') return null;
  if (control instanceof HTMLInputElement && control.type === 'number') return Number(control.value);
  return field.type === 'datetime' ? `${control.value}:00Z` : control.value.trim();
}
