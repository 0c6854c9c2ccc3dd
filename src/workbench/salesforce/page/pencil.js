// @ts-check
import { h } from '../../page/dom.js';
import { icon } from '../../page/icons.js';

/**
 * The button beside a value that may be changed.
 * @param {string} label
 * @param {() => void} pressed
 */
export function pencil(label, pressed) {
  return h(
    'button',
    { type: 'button', class: 'pencil', 'aria-label': `Edit ${label}`, 'data-focus': `edit ${label}`, onclick: pressed },
    icon('edit'),
  );
}
