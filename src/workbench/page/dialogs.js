// @ts-check
import { act } from './calls.js';
import { valueIn } from './controls.js';
import { byId, drawn, h } from './dom.js';
import { icon } from './icons.js';
import { place } from './place.js';

/**
 * A question before a press is sent.
 * @param {{ title: string, text: string, yes: string, no: string }} question
 * @returns {Promise<boolean>}
 */
export function askFirst(question) {
  return new Promise((resolve) => {
    const dialog = /** @type {HTMLDialogElement} */ (
      h(
        'dialog',
        { class: 'modal small', 'aria-label': question.title },
        h('header', {}, h('h2', {}, question.title)),
        h('p', {}, question.text),
        h(
          'footer',
          {},
          h('button', { type: 'button', class: 'button', onclick: () => done(false) }, question.no || 'Cancel'),
          h('button', { type: 'button', class: 'button primary', onclick: () => done(true) }, question.yes || 'Yes'),
        ),
      )
    );
    const done = (/** @type {boolean} */ answer) => {
      dialog.remove();
      resolve(answer);
    };
    dialog.addEventListener('cancel', () => done(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** @param {Element} picture */
export function enlarge(picture) {
  const image = picture.querySelector('img');
  if (!image) return;
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog',
      { class: 'lightbox', 'aria-label': image.alt, onclick: () => dialog.remove() },
      h('img', { src: image.src, alt: image.alt }),
      h('p', {}, image.alt),
      h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close' }, icon('close')),
    )
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Draws the modals before this person; one that has not changed keeps what was typed.
 * @param {any[]} modals
 */
export function drawModals(modals) {
  const holder = byId('modals');
  for (const element of [...holder.children]) {
    if (!modals.some((one) => element.getAttribute('data-view') === one.id)) element.remove();
  }
  for (const modal of modals) {
    const known = holder.querySelector(`[data-view="${modal.id}"]`);
    if (known?.getAttribute('data-version') === String(modal.version)) continue;
    const fresh = drawModal(modal);
    const focused = known?.contains(document.activeElement) ? document.activeElement : null;
    if (known) keepTyped(/** @type {HTMLElement} */ (known), fresh);
    if (known) known.replaceWith(fresh);
    else holder.append(fresh);
    // What is opened last lies on top, so the modals above one that changed are opened again.
    const from = [...holder.children].indexOf(fresh);
    for (const dialog of /** @type {HTMLDialogElement[]} */ ([...holder.children].slice(from))) {
      dialog.close();
      dialog.showModal();
    }
    if (focused) twin(fresh, /** @type {HTMLElement} */ (focused))?.focus();
  }
}

/**
 * What somebody has typed since stays in fields that are still there.
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
function keepTyped(before, after) {
  for (const control of before.querySelectorAll('.block-input [data-action]')) {
    const there = twin(after, /** @type {HTMLElement} */ (control));
    if (there && 'value' in control && 'value' in there) there.value = control.value;
  }
}

/**
 * The control of another drawing with the same block and action.
 * @param {HTMLElement} within
 * @param {HTMLElement} control
 * @returns {HTMLElement | null}
 */
function twin(within, control) {
  const { action = '', block = '' } = control.dataset;
  if (!action) return null;
  return within.querySelector(`[data-action="${CSS.escape(action)}"][data-block="${CSS.escape(block)}"]`);
}

/**
 * @param {any} modal
 * @returns {HTMLDialogElement}
 */
function drawModal(modal) {
  const send = modal.submit && h('button', { type: 'submit', class: 'button primary' }, modal.submit.text);
  const close = () => void act('close', { user: place.user, view: modal.id });
  const form = h(
    'form',
    { novalidate: true },
    h(
      'header',
      {},
      h('h2', {}, modal.title?.text ?? ''),
      h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: close }, icon('close')),
    ),
    modal.error && h('p', { class: 'field-error', role: 'alert' }, modal.error),
    drawn(modal.html, 'drawn fields'),
    h(
      'footer',
      {},
      h('button', { type: 'button', class: 'button', onclick: close }, modal.close?.text ?? 'Cancel'),
      send,
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    send?.setAttribute('disabled', '');
    await act('submit', { user: place.user, view: modal.id, entries: entriesIn(form) });
    send?.removeAttribute('disabled');
  });
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog',
      {
        class: 'modal',
        'data-view': modal.id,
        'data-version': modal.version,
        'aria-label': modal.title?.text ?? 'Modal',
      },
      form,
    )
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  return dialog;
}

/** @param {HTMLElement} form */
export function entriesIn(form) {
  /** @type {Record<string, Record<string, string | string[]>>} */
  const entries = {};
  for (const control of form.querySelectorAll('.block-input [data-action]')) {
    const { action = '', block = '' } = /** @type {HTMLElement} */ (control).dataset;
    entries[block] = { ...entries[block], [action]: valueIn(/** @type {HTMLElement} */ (control)) };
  }
  return entries;
}
