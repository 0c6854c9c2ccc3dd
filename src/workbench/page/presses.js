// @ts-check
import { act } from './calls.js';
import { valueIn } from './controls.js';
import { askFirst, enlarge, entriesIn } from './dialogs.js';
import { byId } from './dom.js';
import { place } from './place.js';
import { expectAnswer } from './reading.js';
import { toast } from './toasts.js';

/** One listener for every button, menu and picture that the app may draw. */
export function listenForPresses() {
  document.addEventListener('click', async (event) => {
    const target = /** @type {Element} */ (event.target);
    const picture = target.closest('.picture');
    if (picture) return enlarge(picture);
    const button = /** @type {HTMLElement | null} */ (target.closest('button[data-action]'));
    if (!button) return undefined;
    button.closest('details')?.removeAttribute('open');
    const { confirm, url } = button.dataset;
    if (confirm && !(await askFirst(JSON.parse(confirm)))) return undefined;
    if (url) window.open(url, '_blank', 'noopener');
    return press(button, button.dataset.value);
  });
  document.addEventListener('change', (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    const holder = /** @type {HTMLElement | null} */ (control.closest('[data-action]'));
    // Inputs of a modal travel with its submission, unless the app wants to hear of each.
    if (!holder || holder.tagName === 'BUTTON') return;
    if (holder.closest('.block-input') && holder.dataset.tells !== 'change') return;
    void press(holder, valueIn(holder));
  });
  document.addEventListener('input', (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    if (control.dataset.tells === 'character') void press(control, valueIn(control));
  });
  document.addEventListener('keydown', (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    if (event.key !== 'Enter' || !control.dataset?.tells || control instanceof HTMLTextAreaElement) return;
    // Enter tells the app what is entered, and does not send the form.
    event.preventDefault();
    if (control.dataset.tells === 'enter') void press(control, valueIn(control));
  });
}

/**
 * @param {HTMLElement} control
 * @param {string | string[] | undefined} value
 */
async function press(control, value) {
  control.classList.add('pressed');
  for (const list of [byId('messages'), byId('replies')]) expectAnswer(list);
  const view = control.closest('[data-view]')?.getAttribute('data-view') ?? undefined;
  const ts = control.closest('[data-ts]')?.getAttribute('data-ts') ?? undefined;
  const { action, block } = control.dataset;
  const form = control.closest('form');
  const entries = form ? entriesIn(form) : undefined;
  const answer = await act('press', { user: place.user, action, block, value, ts, view, entries });
  control.classList.remove('pressed');
  // Beside a message the failure stands in the message itself.
  if (answer && !answer.acknowledged && view) toast('The app did not respond. Try again.');
}
